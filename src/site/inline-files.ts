import { basename } from 'node:path';
import type { Deck } from '../deck/deck.ts';
import { htmlOf } from '../deck/look.ts';
import { replaceCssNames } from '../deck/text/file-attributes.ts';
import type { FileMarks } from './file-marks.ts';
import { isLinkTo, replaceFiles } from './file-references.ts';
import { isAnimatedGif } from './first-frame.ts';
import { partOf, type DeckFile, type Publication } from './publication.ts';

export interface InlinedDeck {
  deck: Deck;
  /** Files that stand more than once in the deck: slides say `deckhand-file:0`, and the page's script fills it in. */
  repeated: string[];
  animatedBytes: number;
  /** For people: what one file can't do. */
  notes: string[];
}

/** The deck with marks for its files, which are filled in when it is written. */
export async function withFilesInside(
  { deck, files }: Publication,
  marks: FileMarks,
  animations: boolean,
): Promise<InlinedDeck> {
  const uses = countUses(deck);
  const inliner = new Inliner(marks, animations);
  const urls = new Map<string, string>();
  for (const [reference, file] of files) {
    if (uses.has(reference)) urls.set(reference, (await inliner.urlOf(file)) + partOf(reference));
  }
  const repeated: string[] = [];
  const place = (reference: string, attribute: string, tag: string) => {
    const url = urls.get(reference);
    if (url === undefined || isLinkTo(attribute, tag)) return undefined;
    // Only what waits for its slide can be filled in before a browser looks at it.
    if ((uses.get(reference) ?? 0) < 2 || !attribute.startsWith('data-')) return url;
    if (!repeated.includes(url)) repeated.push(url);
    return `deckhand-file:${repeated.indexOf(url)}`;
  };
  const stacks = deck.stacks.map((stack) => replaceFiles(stack, place));
  const look = { ...deck.look, styles: replaceFiles(deck.look.styles, place) };
  const links = [...files.keys()].filter((reference) => !uses.has(reference));
  const notes = links.map((name) => `The link to ${name} leads nowhere: one file can't hand out another.`);
  for (const name of inliner.scripted) notes.push(`The scripts of ${name} don't run inside one file.`);
  return { deck: { ...deck, look, stacks }, repeated, animatedBytes: inliner.animatedBytes, notes };
}

/** How often each file is shown. */
function countUses(deck: Deck): Map<string, number> {
  const uses = new Map<string, number>();
  replaceFiles(htmlOf(deck), (reference, attribute, tag) => {
    if (!isLinkTo(attribute, tag)) uses.set(reference, (uses.get(reference) ?? 0) + 1);
    return undefined;
  });
  return uses;
}

class Inliner {
  animatedBytes = 0;
  /** Pages whose scripts the page's policy holds back. */
  readonly scripted = new Set<string>();
  readonly #marks: FileMarks;
  readonly #animations: boolean;
  readonly #known = new Map<string, string>();

  constructor(marks: FileMarks, animations: boolean) {
    this.#marks = marks;
    this.#animations = animations;
  }

  async urlOf(file: DeckFile): Promise<string> {
    const known = this.#known.get(file.path);
    if (known !== undefined) return known;
    // What it names may name it in turn: a file has no end that holds itself.
    this.#known.set(file.path, 'data:,');
    const url = await this.#make(file);
    this.#known.set(file.path, url);
    return url;
  }

  async #make(file: DeckFile): Promise<string> {
    if (/\.css$/i.test(file.path)) {
      const css = await this.#textOf(file, replaceCssNames);
      return `data:text/css;charset=utf-8,${encodeURIComponent(css)}`;
    }
    if (/\.x?html?$/i.test(file.path)) {
      const html = await this.#textOf(file, replaceFiles);
      if (/<script\b/i.test(html)) this.scripted.add(basename(file.path));
      return `data:text/html;charset=utf-8,${encodeURIComponent(html)}`;
    }
    const isAnimated = /\.gif$/i.test(file.path) && isAnimatedGif(await file.read());
    const url = this.#marks.add(file, isAnimated && !this.#animations);
    if (isAnimated) this.animatedBytes += Math.ceil((await sizeOf(file)) / 3) * 4;
    return url;
  }

  async #textOf(
    file: DeckFile,
    replaceNames: (text: string, replace: (name: string) => string | undefined) => string,
  ): Promise<string> {
    const urls = new Map<string, string>();
    for (const [name, other] of file.names) urls.set(name, (await this.urlOf(other)) + partOf(name));
    return replaceNames(Buffer.from(await file.read()).toString('utf8'), (name) => urls.get(name));
  }
}

async function sizeOf(file: DeckFile): Promise<number> {
  let size = 0;
  for await (const piece of file.pieces()) size += piece.length;
  return size;
}
