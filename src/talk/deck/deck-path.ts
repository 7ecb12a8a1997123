import { stat } from 'node:fs/promises';
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

/** The deck that a command works on. Throws a `UserError` when there is none. */
export async function findDeck(given: string | undefined, cwd: string): Promise<DeckPath> {
  const file = resolve(cwd, given ?? 'slides/talk.md');
  const shown = relative(cwd, file) || file;
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) {
    const hint = 'Name the Markdown file: deckhand present my-talk.md';
    throw new UserError('no-deck', `There is no deck at ${shown}.`, hint);
  }
  if (found.isDirectory()) {
    const hint = `Name the Markdown file in it: ${join(shown, 'talk.md')}`;
    throw new UserError('deck-is-folder', `${shown} is a folder.`, hint);
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
