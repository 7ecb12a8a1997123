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

const DEFAULT_DECK = 'slides/talk.md';

/** The deck of a folder: where a talk has it, or the only Markdown file that there is. */
async function findIn(folder: string, asked: string): Promise<string | undefined> {
  const found = await stat(asked).catch(() => undefined);
  if (found !== undefined && !found.isDirectory()) return undefined;
  const names: string[] = await readdir(folder).catch(() => []);
  const inSlides = join(folder, DEFAULT_DECK);
  if (names.includes('slides') && (await stat(inSlides).catch(() => undefined))?.isFile() === true)
    return inSlides;
  if (names.includes('talk.md')) return join(folder, 'talk.md');
  const decks = names.filter((name) => /\.(?:md|markdown)$/i.test(name) && !NOT_DECKS.test(name));
  return decks.length === 1 ? join(folder, decks[0] ?? '') : undefined;
}

/** Markdown that projects have beside a talk. */
const NOT_DECKS = /^(?:readme|changelog|contributing|license|security|code_of_conduct)\./i;

/** The deck that a command works on. Throws a `UserError` when there is none. */
export async function findDeck(given: string | undefined, cwd: string): Promise<DeckPath> {
  const asked = resolve(cwd, given ?? DEFAULT_DECK);
  const file = (await findIn(given === undefined || given === DEFAULT_DECK ? cwd : asked, asked)) ?? asked;
  const shown = relative(cwd, file) || file;
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) {
    const hint =
      'Name the Markdown file (deckhand present my-talk.md), or begin a talk: deckhand new my-talk';
    throw new UserError('no-deck', `There is no deck at ${shown}.`, hint);
  }
  if (found.isDirectory()) {
    const hint = `Name the Markdown file in it: ${join(shown, 'talk.md')}`;
    throw new UserError(
      'deck-is-folder',
      `${shown} is a folder, and it is not clear which file in it is the talk.`,
      hint,
    );
  }
  if (!found.isFile()) {
    throw new UserError('no-deck', `${shown} is not a regular file.`, 'Name the Markdown file of your talk.');
  }
  const places = toFilePlaces(file, cwd);
  return { file, shown, folders: places.folders, places };
}

/** What Deckhand keeps beside a deck, so that it travels with it: `talk.times.json` beside `talk.md`. `stage` is there during a talk. */
export function fileBeside({ file }: DeckPath, kind: 'times' | 'drawings' | 'stage'): string {
  return `${file.replace(/\.[^./\\]+$/, '')}.${kind}.json`;
}
