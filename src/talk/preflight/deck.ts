import type { Deck } from '../../deck/deck.ts';
import { findNamedFile, toNamedFile, type FilePlaces } from '../../site/named-files.ts';
import type { Check } from '../../stage/preflight.ts';

/** What a browser can decode as a picture. */
const PICTURE = /\.(?:avif|bmp|gif|ico|jpe?g|png|svg|webp)$/iu;

/** The deck compiles. */
export function checkDeck(deck: Deck, shown: string): Check {
  const name = 'deck';
  const errors = deck.diagnostics.filter(({ severity }) => severity === 'error').length;
  const warnings = deck.diagnostics.length - errors;
  const next = errors + warnings === 0 ? '' : `deckhand check ${shown} says where.`;
  const what = `${shown}: ${deck.slides.length} slides, ${count(errors, 'error')}, ${count(warnings, 'warning')}`;
  return { name, state: errors > 0 ? 'red' : 'green', what, next };
}

function count(number: number, word: string): string {
  return `${number === 0 ? 'no' : number} ${word}${number === 1 ? '' : 's'}`;
}

/** The files that the deck shows: where each is, or that it is nowhere. */
export interface ShownFiles {
  /** Absolute; pictures only. */
  pictures: { path: string; file: string }[];
  /** As the deck names them. */
  missing: string[];
  /** Addresses on other machines. */
  remote: string[];
}

/** Looks for everything that slides show in the deck's folders. */
export async function findShownFiles(deck: Deck, places: FilePlaces): Promise<ShownFiles> {
  const found: ShownFiles = { pictures: [], missing: [], remote: [] };
  const shown = deck.files.filter(({ link }) => link !== true).map(({ path }) => path);
  for (const path of new Set(shown)) {
    if (/^(?:https?:)?\/\//iu.test(path)) found.remote.push(path);
    else await place(found, places, path);
  }
  return found;
}

async function place(found: ShownFiles, places: FilePlaces, path: string): Promise<void> {
  const named = toNamedFile(path, places);
  if (named === undefined) return;
  const file = await findNamedFile(named, places);
  if (file === undefined) found.missing.push(path);
  else if (PICTURE.test(file.candidate)) found.pictures.push({ path, file: file.path });
}

/** `broken` are those that a browser could not decode; undefined when none was there to try. */
export function toPictureCheck(
  { pictures, missing, remote }: ShownFiles,
  broken: readonly string[] | undefined,
): Check {
  const name = 'pictures';
  if (missing.length > 0) {
    const next = 'Put them beside the deck, or correct the path there.';
    return { name, state: 'red', what: `not here: ${missing.join(', ')}`, next };
  }
  if (broken !== undefined && broken.length > 0) {
    const next = 'Save them again: the slide would show a broken picture.';
    return { name, state: 'red', what: `can't be decoded: ${broken.join(', ')}`, next };
  }
  if (remote.length > 0) {
    const next = 'Save them beside the deck: the stage may have no network.';
    return { name, state: 'amber', what: `on the network: ${remote.join(', ')}`, next };
  }
  const tried = broken === undefined ? '; no browser here to decode them' : ', all can be decoded';
  return { name, state: 'green', what: `${pictures.length} here${tried}`, next: '' };
}
