import type { Deck } from '../deck/deck.ts';
import { readInside } from '../files/open-inside.ts';
import { replaceFiles } from '../site/file-references.ts';
import { findNamedFile, isLocalReference, toNamedFile, type FilePlaces } from '../site/named-files.ts';
import type { DeckFile } from '../site/publication.ts';

export interface FoundFiles {
  files: Map<string, DeckFile>;
  /** Origins of what slides show from elsewhere: `https://example.org`. */
  remotes: string[];
}

/** Reads the files that a deck's slides show and link to, from the folders that its server would look in. */
export async function readDeckFiles(deck: Deck, places: FilePlaces): Promise<FoundFiles> {
  const references = new Set<string>();
  const remotes = new Set<string>();
  replaceFiles(deck.stacks.join('\n'), (reference, attribute) => {
    if (isLocalReference(reference)) references.add(reference);
    else if (attribute !== 'href' && /^(?:https?:)?\/\//i.test(reference)) remotes.add(originOf(reference));
    return undefined;
  });
  const files = new Map<string, DeckFile>();
  for (const reference of references) {
    const named = toNamedFile(reference, places);
    const found = named === undefined ? undefined : await findNamedFile(named, places);
    const bytes = found === undefined ? undefined : await readInside(places.root, found.path);
    if (found !== undefined && bytes !== undefined) files.set(reference, { path: found.candidate, bytes });
  }
  return { files, remotes: [...remotes].filter((origin) => origin !== '').toSorted() };
}

function originOf(address: string): string {
  const base = 'https://relative.invalid/';
  return URL.canParse(address, base) ? new URL(address, base).origin : '';
}
