import { lstat, readdir, readlink, realpath } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { Deck } from '../deck/deck.ts';
import { UserError } from '../demo/user-error.ts';
import { findNamedFile, toNamedFile, withFilesOfFiles } from '../site/named-files.ts';
import type { CatalogEntry } from '../talk/demos/catalog-entry.ts';
import type { DeckPath } from '../talk/deck/deck-path.ts';
import { DECK_FOLDER } from './manifest.ts';
import { runsByItself } from '../runner/runs-by-itself.ts';

/** A file that goes into a pack. */
export interface PackedFile {
  /** Its name in the pack. */
  path: string;
  /** Where it is; absolute. */
  file: string;
  mode: number;
  /** Where a link points to; undefined for a file. */
  target?: string;
}

export interface Collected {
  files: PackedFile[];
  /** The Markdown file, relative to the unpacked folder. */
  deck: string;
  /** For people: what the deck names and the pack has not. */
  leftOut: string[];
}

/** Of a demo: made again by whoever needs it. */
const LEFT_OUT = new Set(['__pycache__', 'node_modules', '.DS_Store']);

/** The deck, every file that it names, and its demos with their recordings: nothing else of the folders around them. */
export async function collectFiles(
  path: DeckPath,
  deck: Deck,
  demos: readonly CatalogEntry[],
): Promise<Collected> {
  const leftOut: string[] = [];
  const named = await findNamed(path, deck, leftOut);
  const lists = await Promise.all(demos.map(async ({ folder }) => listFolder(folder, folder)));
  const found = new Map<string, { from: string; target?: string }>([[path.file, { from: path.file }]]);
  for (const [file, from] of named) found.set(file, { from });
  for (const { file, target } of lists.flat())
    found.set(file, { from: file, ...(target === undefined ? {} : { target }) });
  const root = commonRoot([...found.keys()], path.file);
  const toEntry = (file: string): string => relative(root, file).split(sep).join('/');
  const files = [...found].map(async ([file, { from, target }]): Promise<PackedFile> => {
    const { mode } = await lstat(from);
    const entry = { path: DECK_FOLDER + toEntry(file), file: from, mode: mode & 0o777 };
    return target === undefined ? entry : { ...entry, target };
  });
  const sorted = (await Promise.all(files)).toSorted((a, b) => (a.path < b.path ? -1 : 1));
  return { files: sorted, deck: toEntry(path.file), leftOut };
}

/** Where each file that the deck names is, by the name that it has for it; what its style sheets and pages name as well. */
async function findNamed({ places }: DeckPath, deck: Deck, leftOut: string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const paths = [...deck.files.map(({ path }) => path), ...deck.codeFiles];
  const named = paths.flatMap((path) => toNamedFile(path, places) ?? []);
  for (const file of await withFilesOfFiles(named, places)) {
    const there = await findNamedFile(file, places);
    if (there !== undefined) found.set(there.candidate, there.path);
    else leftOut.push(`${file.reference} (there is no such file, or it is outside the deck's folders)`);
  }
  return found;
}

/** The lowest folder that holds them all: the way the deck's files find each other stays as it is. */
function commonRoot(files: readonly string[], deck: string): string {
  let folder = dirname(deck);
  while (files.some((file) => relative(folder, file).startsWith('..')) && dirname(folder) !== folder)
    folder = dirname(folder);
  return folder;
}

async function listFolder(folder: string, top: string): Promise<{ file: string; target?: string }[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const lists = entries.map(async (entry) => {
    const file = join(folder, entry.name);
    if (LEFT_OUT.has(entry.name) || runsByItself(entry.name) || entry.name.includes('.partial.')) return [];
    if (entry.isDirectory()) return listFolder(file, top);
    if (entry.isSymbolicLink()) return [await readLink(file, top)];
    return entry.isFile() ? [{ file }] : [];
  });
  return (await Promise.all(lists)).flat();
}

/** A link stays a link, since a build takes it as one; it must stay inside its demo. */
async function readLink(file: string, top: string): Promise<{ file: string; target: string }> {
  const [target, root] = await Promise.all([readlink(file), realpath(top)]);
  const real = await realpath(file).catch(() => undefined);
  if (real !== undefined && real.startsWith(root + sep)) return { file, target: target.split(sep).join('/') };
  const message = `${file} is a link that leads out of its demo, or nowhere.`;
  throw new UserError('bad-link', message, 'Put the file itself there, or take the link out.');
}
