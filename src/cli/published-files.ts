import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Deck } from '../deck/deck.ts';
import { replaceFiles } from '../site/file-references.ts';
import type { DeckFile } from '../site/publication.ts';
import { isLocalFile } from './check.ts';

export interface FoundFiles {
  files: Map<string, DeckFile>;
  /** Origins of what slides show from elsewhere: `https://example.org`. */
  remotes: string[];
}

/** Reads the files that a deck's slides show and link to, from the folders that its server would look in. */
export async function readDeckFiles(deck: Deck, folders: readonly string[]): Promise<FoundFiles> {
  const references = new Set<string>();
  const remotes = new Set<string>();
  replaceFiles(deck.stacks.join('\n'), (reference, attribute) => {
    if (isLocalFile(reference)) references.add(reference);
    else if (attribute !== 'href' && /^(?:https?:)?\/\//i.test(reference)) remotes.add(originOf(reference));
    return undefined;
  });
  const files = new Map<string, DeckFile>();
  for (const reference of references) {
    const path = await findFile(reference, folders);
    if (path !== undefined) files.set(reference, { path, bytes: await readFile(path) });
  }
  return { files, remotes: [...remotes].filter((origin) => origin !== '').toSorted() };
}

function originOf(address: string): string {
  const base = 'https://relative.invalid/';
  return URL.canParse(address, base) ? new URL(address, base).origin : '';
}

/** A reference means what it means to a browser: `../img` at the top is `img`, and nothing above the folders is reached. */
async function findFile(reference: string, folders: readonly string[]): Promise<string | undefined> {
  const base = 'http://deck/';
  if (!URL.canParse(reference, base)) return undefined;
  const path = decodePath(new URL(reference, base).pathname);
  // As on the server: what starts with a dot stays private.
  if (path === undefined || /\/(?:\.|node_modules\/)/.test(path)) return undefined;
  for (const folder of folders) {
    const file = join(folder, path);
    const found = await stat(file).catch(() => undefined);
    if (found?.isFile() === true) return file;
  }
  return undefined;
}

function decodePath(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
