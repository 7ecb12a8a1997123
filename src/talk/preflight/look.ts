import { join } from 'node:path';
import { compileWithFiles } from '../deck/compile-talk.ts';
import type { Deck } from '../../deck/deck.ts';
import { UserError } from '../../demo/user-error.ts';
import type { FoundEngine } from '../../engine/find-engine.ts';
import type { Check, PreflightBoard, ScreenFacts } from '../../stage/preflight.ts';
import { BROWSER_FOLDER } from '../browser-folder.ts';
import { readDeckFile } from '../deck/deck-file.ts';
import type { DeckPath } from '../deck/deck-path.ts';
import type { CatalogEntry } from '../demos/catalog-entry.ts';
import { type DemoCatalog } from '../demos/demo-catalog.ts';
import { openCatalog } from '../demos/open-catalog.ts';
import { checkInBrowser } from './browser.ts';
import { checkDeck, findShownFiles } from './deck.ts';
import { checkDemo, namesOfBuilt, namesOfNeeded } from './demos.ts';
import { checkClock, checkEngine, checkEngineDisk } from './engine.ts';
import { inTime } from './in-time.ts';
import { checkBattery, checkDisk, checkMemory, checkPort } from './machine.ts';
import { checkScreens } from './screens.ts';

export interface LookOptions {
  path: DeckPath;
  /** An engine, or that there is none. */
  engine: Promise<FoundEngine>;
  /** The port that the deck will be presented at; undefined when it is being presented. */
  port?: number;
  /** What the deck's windows say of themselves, and where the deck is; undefined where no window can be asked. */
  screens?: { facts: Promise<readonly ScreenFacts[]>; url: string };
}

/** Looks at all that the talk needs on this machine, everything at the same time, each with a time limit of its own. */
export async function lookAtEverything(options: LookOptions): Promise<PreflightBoard> {
  const at = Date.now();
  const began = performance.now();
  const { path, port, screens } = options;
  const engine = options.engine.catch(toFound);
  const catalog = await openCatalog(path);
  const { text, problem } = await readDeckFile(path.file);
  if (text === undefined) throw new UserError('no-deck', problem.message, problem.hint ?? '');
  const deck = await compileWithFiles(text, { demos: catalog.views }, path.places);
  const shown = findShownFiles(deck, path.places);
  const looks: Promise<Check[]>[] = [
    ...lookAtEngine(engine, demosOf(deck, catalog)),
    inTime('disk', () => checkDisk(path.folders[0] ?? '.')),
    inTime('memory', () => checkMemory()),
    ...(port === undefined ? [] : [inTime('port', () => checkPort(port))]),
    inTime('battery', () => checkBattery()),
    inTime('clock', async (signal) => checkClock((await engine).engine, signal)),
    inTime('deck', () => checkDeck(deck, path.shown)),
    inTime('browser', (signal) => checkInBrowser(shown, join(BROWSER_FOLDER, 'assets'), signal)),
    ...(screens === undefined
      ? []
      : [inTime('screen', async () => checkScreens(await screens.facts, screens.url))]),
  ];
  const checks = (await Promise.all(looks)).flat();
  return { at, tookMs: Math.round(performance.now() - began), checks };
}

function toFound(error: unknown): FoundEngine {
  if (error instanceof UserError) return { problem: error };
  throw error;
}

function lookAtEngine(found: Promise<FoundEngine>, demos: readonly CatalogEntry[]): Promise<Check[]>[] {
  const images = demos.flatMap((entry) => [...namesOfBuilt(entry.demo), ...namesOfNeeded(entry)]);
  return [
    inTime('engine', async () => checkEngine(await found)),
    inTime('engine disk', async (signal) => {
      const { engine } = await found;
      return engine === undefined ? [] : checkEngineDisk(engine, images, signal);
    }),
    ...demos.map((entry) => inTime(entry.name, async () => checkDemo(entry, (await found).engine))),
  ];
}

/** Those that the deck shows, in its order. */
export function demosOf(deck: Deck, catalog: DemoCatalog): CatalogEntry[] {
  const names = new Set(deck.demos.map(({ name }) => name));
  return [...names].flatMap((name) => catalog.find(name) ?? []);
}
