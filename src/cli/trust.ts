import { createInterface } from 'node:readline/promises';
import { homedir } from 'node:os';
import { UserError } from '../demo/user-error.ts';
import { findDeck } from '../talk/deck/deck-path.ts';
import type { CatalogEntry } from '../talk/demos/catalog-entry.ts';
import { openCatalog } from '../talk/demos/open-catalog.ts';
import { readDemoFolder } from '../talk/demos/read-demo-folder.ts';
import { distrust, trust } from '../talk/demos/trust.ts';
import { WRITERS } from '../talk/writers.ts';
import { toPlainLine } from './text/plain-text.ts';

export interface TrustOptions {
  deck?: string;
  /** Allow without asking: for scripts. */
  yes?: boolean;
  /** Take back what was allowed. */
  forget?: boolean;
}

/** `deckhand trust NAME`: lists what a demo's project asks for beyond the default, and remembers the answer for these exact files. */
export async function runTrust(name: string, { deck, yes, forget }: TrustOptions): Promise<void> {
  const entry = await findEntry(name, deck);
  if (forget === true) {
    const wasTrusted = await distrust(entry.folder, homedir());
    WRITERS.stdout(wasTrusted ? `${name}: no longer allowed anything\n` : `${name}: nothing was allowed\n`);
    return;
  }
  const project = await readDemoFolder({
    folder: entry.folder,
    name,
    cwd: process.cwd(),
    files: entry.files,
  });
  const { asks = [], notes = [], model = {}, diagnostics = [] } = project ?? {};
  const mistake = diagnostics.find(({ code }) => code !== 'needs-trust');
  if (mistake !== undefined) {
    const { file, line, column, message, hint } = mistake;
    throw new UserError(
      'bad-demo',
      `${file}:${line}:${column}: ${message}`,
      `${hint} What it asks for can be told once it is right.`,
    );
  }
  for (const note of notes) WRITERS.stdout(`  note: ${toPlainLine(note)}\n`);
  if (asks.length === 0) {
    WRITERS.stdout(`${name} asks for nothing beyond the default: there is nothing to allow.\n`);
    return;
  }
  WRITERS.stdout(`${name} (${entry.folder}) asks for more than a demo gets by default:\n\n`);
  for (const { text } of asks) WRITERS.stdout(`  - ${toPlainLine(text)}\n`);
  WRITERS.stdout(
    '\nAllow this only if you trust whoever wrote the project. It holds until its files change.\n',
  );
  if (yes !== true && !(await isAllowed())) {
    WRITERS.stdout('Nothing was allowed.\n');
    return;
  }
  await trust(entry.folder, asks, model, homedir());
  WRITERS.stdout(`${name}: allowed on this machine. Take it back with: deckhand trust ${name} --forget\n`);
}

async function findEntry(name: string, deck: string | undefined): Promise<CatalogEntry> {
  const { entries } = await openCatalog(await findDeck(deck, process.cwd()));
  const entry = entries.find((one) => one.name === name);
  if (entry !== undefined) return entry;
  const known = entries.map((one) => one.name).join(', ') || 'none';
  throw new UserError('no-demo', `There is no demo "${name}".`, `Demos of this deck: ${known}.`);
}

async function isAllowed(): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new UserError('no-terminal', 'Nobody can be asked here.', 'Run it in a terminal, or add --yes.');
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(?:es)?$/iu.test((await terminal.question('Allow it? [y/N] ')).trim());
  } finally {
    terminal.close();
  }
}
