import { readdir, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { UserError } from '../../demo/user-error.ts';
import type { FilePlaces } from '../../site/named-files.ts';
import { toFilePlaces } from './deck-places.ts';

/** Where a deck is, and where what it names is looked for. */
export interface DeckPath {
  /** Absolute. */
  file: string;
  /** As messages name it: relative to the working folder. */
  shown: string;
  /** The deck's folder, then the one above: `slides/talk.md` finds `slides/img/x.png` and `img/x.png`. */
  folders: readonly string[];
  /** The same, with the folder that no file of the deck is outside of. */
  places: FilePlaces;
}

/** Markdown that projects have beside a talk. */
const NOT_DECKS = /^(?:readme|changelog|contributing|license|security|code_of_conduct)\./i;

/** What may be the deck of a folder: the file that a talk has in the usual place, or else every Markdown file. */
async function decksIn(folder: string): Promise<string[]> {
  for (const usual of ['slides/talk.md', 'talk.md'].map((name) => join(folder, name)))
    if ((await stat(usual).catch(() => undefined))?.isFile() === true) return [usual];
  const names = await readdir(folder);
  const decks = names.filter((name) => /\.(?:md|markdown)$/i.test(name) && !NOT_DECKS.test(name));
  return decks.toSorted().map((name) => join(folder, name));
}

/** The deck that a command works on; without a name, or for a folder, the one in it. Throws a `UserError` when there is none, or several. */
export async function findDeck(given: string | undefined, cwd: string): Promise<DeckPath> {
  const asked = resolve(cwd, given ?? '.');
  const found = await stat(asked).catch(() => undefined);
  const shownAsked = relative(cwd, asked) || 'this folder';
  const hint = 'Name the Markdown file (deckhand present my-talk.md), or begin a talk: deckhand new my-talk';
  if (found === undefined) throw new UserError('no-deck', `There is no deck at ${shownAsked}.`, hint);
  if (!found.isFile() && !found.isDirectory())
    throw new UserError('no-deck', `${shownAsked} is not a regular file.`, hint);
  const decks = found.isFile() ? [asked] : await decksIn(asked);
  const [file, ...others] = decks;
  if (file === undefined) throw new UserError('no-deck', `There is no deck in ${shownAsked}.`, hint);
  if (others.length > 0) {
    const names = decks.map((deck) => relative(cwd, deck)).join(', ');
    const why = `Which is the talk in ${shownAsked}? It has several Markdown files: ${names}.`;
    throw new UserError('several-decks', why, 'Name one, or call it talk.md.');
  }
  const shown = relative(cwd, file);
  const places = toFilePlaces(file, cwd);
  return { file, shown, folders: places.folders, places };
}

/** What Deckhand keeps beside a deck, so that it travels with it: `talk.times.json` beside `talk.md`. `stage` is there during a talk. */
export function fileBeside({ file }: DeckPath, kind: 'times' | 'drawings' | 'stage'): string {
  return `${file.replace(/\.[^./\\]+$/, '')}.${kind}.json`;
}
