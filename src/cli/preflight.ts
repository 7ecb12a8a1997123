import { findEngine } from '../engine/find-engine.ts';
import { runCheck } from './check.ts';
import { DemoCatalog } from './demo-catalog.ts';
import { findDeck, type DeckPath } from './deck-path.ts';
import {
  checkBrowser,
  checkDemo,
  checkDisk,
  checkEngine,
  checkMemory,
  type Check,
} from './preflight-checks.ts';

export interface PreflightOptions {
  deck: string;
  engine?: string | undefined;
  json?: boolean | undefined;
}

const SIGNS = { green: '\u001b[32m●\u001b[0m', amber: '\u001b[33m●\u001b[0m', red: '\u001b[31m●\u001b[0m' };

/** Looks at everything that the talk needs on this machine, now. Returns the exit code: 1 when something is red. */
export async function runPreflight({ deck, engine, json }: PreflightOptions): Promise<number> {
  const path = await findDeck(deck, process.cwd());
  const catalog = await DemoCatalog.open(path.folders, process.cwd());
  const found = await findEngine({ engine });
  const looks = await Promise.all([
    checkDeck(path, catalog),
    checkDisk(process.cwd()),
    checkBrowser(),
    Promise.all(catalog.entries.map((entry) => checkDemo(entry, found.engine))),
  ]);
  found.engine?.close();
  const all = [checkEngine(found), checkMemory(), ...looks.flat(2)];
  const reds = all.filter((check) => check.state === 'red').length;
  process.stdout.write(json === true ? `${JSON.stringify({ checks: all }, undefined, 2)}\n` : toBoard(all));
  return reds > 0 ? 1 : 0;
}

/** The deck compiles, and its pictures are here. */
async function checkDeck(path: DeckPath, catalog: DemoCatalog): Promise<Check> {
  let output = '';
  const stdout = (text: string) => (output += text);
  const code = await runCheck(path.shown, { demos: catalog.views, json: true }, { stdout, stderr: stdout });
  const { errors, warnings } = JSON.parse(output) as { errors: number; warnings: number };
  const next = `deckhand check ${path.shown} says which.`;
  if (code !== 0) return { name: 'deck', state: 'red', what: `${errors} errors`, next };
  const what = `${path.shown}: no errors, ${warnings} warnings`;
  return { name: 'deck', state: 'green', what, next: warnings === 0 ? '' : next };
}

function toBoard(checks: readonly Check[]): string {
  const width = Math.max(...checks.map((check) => check.name.length));
  const rows = checks.map(({ name, state, what, next }) => {
    const hint = next === '' ? '' : `\n  ${' '.repeat(width)}  → ${next}`;
    return `${SIGNS[state]} ${name.padEnd(width)}  ${what}${hint}`;
  });
  return `${rows.join('\n')}\n`;
}
