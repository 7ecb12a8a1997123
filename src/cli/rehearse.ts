import type { Deck } from '../deck/deck.ts';
import { UserError } from '../demo/user-error.ts';
import type { Engine } from '../engine/engine.ts';
import { findEngine } from '../engine/find-engine.ts';
import { nameInstance } from '../runner/instance.ts';
import { sweep } from '../runner/containers/sweep.ts';
import type { CatalogEntry } from '../talk/demos/catalog-entry.ts';
import { type DemoCatalog } from '../talk/demos/demo-catalog.ts';
import { openCatalog } from '../talk/demos/open-catalog.ts';
import { type DeckPath, findDeck } from '../talk/deck/deck-path.ts';
import { endOfProcess } from './end-of-process.ts';
import { rehearseDemo, type RehearsedDemo, type RehearseParts } from '../talk/rehearse/rehearse-demo.ts';
import { RehearseProgress } from './text/rehearse-progress.ts';
import { toTable } from './text/rehearse-table.ts';
import { WatchedDeck } from '../talk/deck/watched-deck.ts';

export interface RehearseOptions {
  /** Names of demos; without any, those that the deck shows. */
  demos: readonly string[];
  deck?: string;
  engine?: string | undefined;
  cold?: boolean;
  offline?: boolean;
  record: boolean;
  redact: readonly RegExp[];
  json?: boolean;
}

const USUAL_COLUMNS = 80;
const FAILED = 1;
/** What shells say of a process that was ended by Ctrl+C. */
const INTERRUPTED = 130;

/** Runs the deck's demos twice from clean, in the deck's order, and prints what came of it. Returns the exit code. */
export async function runRehearse(options: RehearseOptions): Promise<number> {
  const path = await findDeck(options.deck, process.cwd());
  const catalog = await openCatalog(path);
  const { deck } = await WatchedDeck.open(path, () => catalog.views);
  const wanted = chooseDemos(options.demos, deck, catalog, path);
  const found = await findEngine({ engine: options.engine });
  if (found.engine === undefined) throw found.problem;
  const { engine } = found;
  if (options.json !== true)
    process.stdout.write(`${toIntroduction(wanted.length, path, engine, options)}\n\n`);
  const interrupted = new AbortController();
  void endOfProcess().then(() => interrupted.abort());
  try {
    await sweep(engine);
    const parts = { engine, blocks: deck.runBlocks, signal: interrupted.signal };
    const rehearsed = await rehearseAll(wanted, options, parts);
    process.stdout.write(options.json === true ? toJson(path, engine, rehearsed) : toText(rehearsed));
    if (interrupted.signal.aborted) return INTERRUPTED;
    return rehearsed.some(({ problems }) => problems.length > 0) ? FAILED : 0;
  } finally {
    engine.close();
  }
}

/** A demo of the deck. Without an entry there is no folder for it. */
interface Wanted {
  name: string;
  entry: CatalogEntry | undefined;
}

/** In the order of the deck; then those that are named and that it does not show. */
function chooseDemos(
  names: readonly string[],
  deck: Deck,
  catalog: DemoCatalog,
  { shown }: DeckPath,
): Wanted[] {
  const known = catalog.entries.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const hint = known.length === 0 ? 'There is none at all.' : `There are: ${known.join(', ')}.`;
    const other = /\.(?:md|markdown)$/u.test(unknown) ? ` For another deck: --deck ${unknown}` : '';
    throw new UserError('no-demo', `There is no demo "${unknown}".`, `${hint}${other}`);
  }
  const inDeck = [...new Set(deck.demos.map(({ name }) => name))];
  const chosen = names.length === 0 ? inDeck : [...inDeck, ...known].filter((name) => names.includes(name));
  if (chosen.length > 0) return [...new Set(chosen)].map((name) => ({ name, entry: catalog.find(name) }));
  const hint =
    known.length === 0
      ? 'A demo is a folder demos/<name> with a compose.yaml; the README shows one.'
      : `Put one in a slide (::: {.demo name="${known[0] ?? ''}"}), or name it here: ${known.join(', ')}.`;
  throw new UserError('no-demo', `${shown} shows no demo, so there is nothing to rehearse.`, hint);
}

async function rehearseAll(
  wanted: readonly Wanted[],
  { cold = false, offline = false, record, redact }: RehearseOptions,
  given: Pick<RehearseParts, 'engine' | 'blocks' | 'signal'>,
): Promise<RehearsedDemo[]> {
  const progress = new RehearseProgress({
    isTerminal: process.stderr.isTTY,
    columns: (process.stderr.isTTY && process.stderr.columns) || USUAL_COLUMNS,
    write: (text) => process.stderr.write(text),
  });
  const parts: RehearseParts = {
    ...given,
    instance: await nameInstance(),
    cold,
    offline,
    record,
    redact: { secrets: [], patterns: redact },
    onEvent: (...told) => progress.onEvent(...told),
  };
  const rehearsed: RehearsedDemo[] = [];
  for (const { name, entry } of wanted) {
    if (given.signal.aborted) break;
    if (entry?.demo === undefined || entry.problem !== undefined) rehearsed.push(toBroken(name, entry));
    else rehearsed.push(await rehearseDemo(entry, entry.demo, parts));
  }
  progress.close();
  return rehearsed;
}

function toBroken(name: string, entry: CatalogEntry | undefined): RehearsedDemo {
  const { message, hint } = entry?.problem ?? {
    message: 'The deck shows it, and there is no such folder under demos/.',
    hint: '`deckhand check` says in which line.',
  };
  return { name, problems: [{ message, hint }], remarks: [], isRecorded: false, isInterrupted: false };
}

function toIntroduction(
  count: number,
  { shown }: DeckPath,
  { facts }: Engine,
  { cold = false, offline = false }: RehearseOptions,
): string {
  const how = [cold ? 'without the build cache' : '', offline ? 'offline' : ''].filter((text) => text !== '');
  const demos = count === 1 ? '1 demo' : `${count} demos`;
  return [`Rehearsing ${demos} of ${shown}, each twice, on ${facts.name}`, ...how].join(', ');
}

function toText(rehearsed: readonly RehearsedDemo[]): string {
  if (rehearsed.length === 0) return '';
  const { isTTY } = process.stdout;
  const columns = (isTTY && process.stdout.columns) || USUAL_COLUMNS;
  return toTable(rehearsed, {
    isColoured: isTTY && process.env['NO_COLOR'] === undefined,
    columns: Math.min(columns, 100),
  });
}

function toJson({ shown }: DeckPath, { facts }: Engine, demos: readonly RehearsedDemo[]): string {
  const isFine = demos.every(({ problems }) => problems.length === 0);
  const all = demos.map((demo) => ({ ...demo, isFine: demo.problems.length === 0 }));
  return `${JSON.stringify({ deck: shown, engine: facts.name, isFine, demos: all }, undefined, 2)}\n`;
}
