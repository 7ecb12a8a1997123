import type { Deck } from '../../deck/deck.ts';
import { htmlOf } from '../../deck/look.ts';
import { UserError } from '../../demo/user-error.ts';
import { openInside, readInside } from '../../files/open-inside.ts';
import { isLinkTo, replaceFiles } from '../../site/file-references.ts';
import {
  filesNamedBy,
  findNamedFile,
  toNamedFile,
  type FilePlaces,
  type NamedFile,
} from '../../site/named-files.ts';
import type { DeckFile } from '../../site/publication.ts';

export interface FoundFiles {
  files: Map<string, DeckFile>;
  /** The text of terminal recordings, by their path. */
  casts: Map<string, string>;
  /** Origins of what slides show from elsewhere: `https://example.org`. */
  remotes: string[];
}

/** Finds the files that a deck's slides show and link to, and what those bring in, in the folders that its server would look in. */
export async function findDeckFiles(deck: Deck, places: FilePlaces): Promise<FoundFiles> {
  const references = new Map<string, NamedFile>();
  const remotes = new Set<string>();
  replaceFiles(htmlOf(deck), (reference, attribute, tag) => {
    const named = toNamedFile(reference, places);
    if (named !== undefined) references.set(reference, named);
    else if (!isLinkTo(attribute, tag) && /^(?:https?:)?\/\//i.test(reference))
      remotes.add(originOf(reference));
    return undefined;
  });
  const graph = new FileGraph(places);
  const files = new Map<string, DeckFile>();
  for (const [reference, named] of references) {
    const file = await graph.open(named);
    if (file !== undefined) files.set(reference, file);
  }
  return { files, casts: graph.casts, remotes: [...remotes].filter((origin) => origin !== '').toSorted() };
}

/** Each file once, however many name it: they may name each other in a circle. */
class FileGraph {
  readonly casts = new Map<string, string>();
  readonly #places: FilePlaces;
  readonly #files = new Map<string, DeckFile>();

  constructor(places: FilePlaces) {
    this.#places = places;
  }

  async open(named: NamedFile): Promise<DeckFile | undefined> {
    const { root } = this.#places;
    const found = await findNamedFile(named, this.#places);
    if (found === undefined) return undefined;
    const known = this.#files.get(found.candidate);
    if (known !== undefined) return known;
    const names = new Map<string, DeckFile>();
    const file: DeckFile = {
      path: found.candidate,
      names,
      read: async () => orGone(await readInside(root, found.path), found.path),
      pieces: () => readPieces(root, found.path),
    };
    this.#files.set(found.candidate, file);
    if (/\.cast$/i.test(found.path))
      this.casts.set(file.path, Buffer.from(await file.read()).toString('utf8'));
    for (const other of await filesNamedBy(named, this.#places)) {
      const opened = await this.open(other);
      if (opened !== undefined) names.set(other.reference, opened);
    }
    return file;
  }
}

async function* readPieces(root: string, path: string): AsyncGenerator<Uint8Array> {
  await using opened = orGone(await openInside(root, path), path);
  yield* opened.handle.createReadStream({ autoClose: false, highWaterMark: 196_608 });
}

/** It was there a moment ago. */
function orGone<T>(found: T | undefined, path: string): T {
  if (found !== undefined) return found;
  throw new UserError(
    'file-gone',
    `${path} is gone, or leads elsewhere now.`,
    'Build again when nothing changes it.',
  );
}

function originOf(address: string): string {
  const base = 'https://relative.invalid/';
  return URL.canParse(address, base) ? new URL(address, base).origin : '';
}
