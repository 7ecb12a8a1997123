import { basename, dirname, extname, relative, sep } from 'node:path';
import { hashOfFile, type DeckFile } from './publication.ts';

/** Where a site has a file of the deck. */
export interface PlacedFile {
  file: DeckFile;
  /** In the site's folder. */
  name: string;
  /** The same, as an address. */
  address: string;
  /** Its name is another one when its content is. */
  isHashed: boolean;
  /** Differs when its content does. */
  version: string;
}

/**
 * Pictures and the like are named after their content. A style sheet or page stands where it stands in the author's folders, and
 * with it all that it brings in: they find each other as they always did. By the files' paths.
 */
export async function placeFiles(files: readonly DeckFile[]): Promise<Map<string, PlacedFile>> {
  const placed = new Map<string, PlacedFile>();
  const together = withOthers(files.filter(isTogether));
  const root = commonFolder([...together.keys()]);
  for (const file of together.values()) {
    const parts = ['deck', ...relative(root, file.path).split(sep)];
    const address = parts.map(encodeURIComponent).join('/');
    placed.set(file.path, {
      file,
      name: parts.join('/'),
      address,
      isHashed: false,
      version: await hashOfFile(file),
    });
  }
  for (const file of files) {
    if (placed.has(file.path)) continue;
    const version = await hashOfFile(file);
    const name = `files/${withHash(safeName(file.path), version)}`;
    placed.set(file.path, { file, name, address: name, isHashed: true, version: name });
  }
  return placed;
}

/** A name that needs no escaping in any address or attribute. */
export function safeName(path: string): string {
  return basename(path).replace(/[^\w.-]+/g, '-');
}

export function withHash(name: string, hash: string): string {
  return `${name.slice(0, name.length - extname(name).length)}-${hash}${extname(name)}`;
}

function isTogether({ path, names }: DeckFile): boolean {
  return names.size > 0 || /\.(?:css|x?html?)$/i.test(path);
}

function withOthers(files: readonly DeckFile[], found = new Map<string, DeckFile>()): Map<string, DeckFile> {
  for (const file of files) {
    if (found.has(file.path)) continue;
    found.set(file.path, file);
    withOthers([...file.names.values()], found);
  }
  return found;
}

function commonFolder(paths: readonly string[]): string {
  let folder = dirname(paths[0] ?? '/');
  while (paths.some((path) => relative(folder, path).startsWith('..')) && dirname(folder) !== folder)
    folder = dirname(folder);
  return folder;
}
