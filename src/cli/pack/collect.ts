import { lstat, readdir, readlink, realpath, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { Deck } from '../../deck/deck.ts';
import { UserError } from '../../demo/user-error.ts';
import type { CatalogEntry } from '../demo-catalog.ts';
import { decodePath } from '../deck-file.ts';
import type { DeckPath } from '../deck-path.ts';
import { DECK_FOLDER } from './manifest.ts';
import { runsByItself } from '../../runner/runs-by-itself.ts';

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
  const found = new Map([path.file, ...named].map((file) => [file, undefined as string | undefined]));
  for (const { file, target } of lists.flat()) found.set(file, target);
  const root = commonRoot([...found.keys()], path.file);
  const toEntry = (file: string): string => relative(root, file).split(sep).join('/');
  const files = [...found].map(async ([file, target]): Promise<PackedFile> => {
    const { mode } = await lstat(file);
    const entry = { path: DECK_FOLDER + toEntry(file), file, mode: mode & 0o777 };
    return target === undefined ? entry : { ...entry, target };
  });
  const sorted = (await Promise.all(files)).toSorted((a, b) => (a.path < b.path ? -1 : 1));
  return { files: sorted, deck: toEntry(path.file), leftOut };
}

async function findNamed(path: DeckPath, deck: Deck, leftOut: string[]): Promise<string[]> {
  const root = path.folders.at(-1) ?? dirname(path.file);
  const found = new Set<string>();
  for (const { path: name } of deck.files) {
    // Addresses, places in this deck, colours and gradients.
    if (/^(?:[a-z][a-z0-9+.-]*:|\/\/|#)/iu.test(name) || /^[\w-]+\(/u.test(name)) continue;
    const file = await findIn(path.folders, name.split(/[?#]/u, 1)[0] ?? name);
    if (file === undefined) leftOut.push(`${name} (there is no such file)`);
    else if (relative(root, file).startsWith('..')) leftOut.push(`${name} (outside the deck's folders)`);
    else found.add(file);
  }
  return [...found];
}

async function findIn(folders: readonly string[], name: string): Promise<string | undefined> {
  for (const folder of folders) {
    for (const file of new Set([join(folder, name), join(folder, decodePath(name))]))
      if ((await stat(file).catch(() => undefined))?.isFile() === true) return file;
  }
  return undefined;
}

/** The deck's folder when all is in it, else the one above: the way the deck's files find each other stays as it is. */
function commonRoot(files: readonly string[], deck: string): string {
  const folder = dirname(deck);
  return files.every((file) => !relative(folder, file).startsWith('..')) ? folder : dirname(folder);
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
