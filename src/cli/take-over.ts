import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { convertDeck, FORMATS, guessFormat, type Format } from '../convert/convert.ts';
import { compileTalk } from '../deck/compile.ts';
import type { Deck } from '../deck/deck.ts';
import { htmlOf } from '../deck/look.ts';
import { UserError } from '../demo/user-error.ts';
import { readInside } from '../files/open-inside.ts';
import {
  findNamedFile,
  namedFiles,
  toNamedFile,
  withFilesOfFiles,
  type FilePlaces,
} from '../site/named-files.ts';
import { toFilePlaces } from '../talk/deck/deck-places.ts';

/** A deck that is there already, and whose Markdown it is; undefined: by what stands in it. */
export interface Source {
  file: string;
  format: Format | undefined;
}

/** What `--from` was given: a file, or a tool's name and a file. Throws a `UserError` for anything else. */
export function toSource(words: readonly string[]): Source {
  const [first = '', second] = words;
  if (words.length === 1) return { file: first, format: undefined };
  const format = FORMATS.find((one) => one === first);
  if (format !== undefined && second !== undefined && words.length === 2) return { file: second, format };
  const hint = `Write --from deck.md, or whose deck it is: --from ${FORMATS.join('|')} deck.md`;
  throw new UserError('bad-from', `--from takes a deck, not "${words.join(' ')}".`, hint);
}

/** Reads it before anything is written. Throws a `UserError` when it can't be read. */
export async function readSource({ file }: Source): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    const why =
      cause instanceof Error && 'code' in cause && cause.code === 'ENOENT' ? 'is not there' : "can't be read";
    throw new UserError('unreadable-file', `${file} ${why}.`, 'Give the path of a Markdown file.', { cause });
  });
}

/** Writes the deck, in pandoc's Markdown, and the files that it names. Returns what there is to tell. */
export async function takeOver({ file, format }: Source, text: string, target: string): Promise<string[]> {
  const from = format ?? guessFormat(text);
  const converted = convertDeck(text, from);
  await writeFile(join(target, 'talk.md'), converted.text);
  const deck = compileTalk(converted.text);
  const { copied, left } = await copyFiles(deck, toFilePlaces(resolve(file)), target);
  const slides = converted.slides === undefined ? '' : `${count(converted.slides, 'slide')} from ${from}, `;
  const demos = new Set(deck.demos.map(({ name }) => name));
  return [
    `${slides}${count(copied, 'file')} beside the deck.`,
    ...left,
    ...[...demos].map((name) => `The demo "${name}" is not copied: copy its folder, or point src= at it.`),
    ...converted.report,
  ];
}

/** To where the new talk's pages look for them; the files of the new talk itself stay as they are. */
async function copyFiles(
  deck: Deck,
  places: FilePlaces,
  target: string,
): Promise<{ copied: number; left: string[] }> {
  const named = [
    ...namedFiles(htmlOf(deck), places),
    ...deck.codeFiles.flatMap((path) => toNamedFile(path, places) ?? []),
  ];
  const left: string[] = [];
  let copied = 0;
  for (const one of await withFilesOfFiles(named, places)) {
    const found = await findNamedFile(one, places);
    const bytes = found === undefined ? undefined : await readInside(places.root, found.path);
    if (bytes === undefined) {
      left.push(`${one.reference} is not there, or is private: copy it by hand.`);
      continue;
    }
    const copy = join(target, one.address);
    await mkdir(dirname(copy), { recursive: true });
    try {
      await writeFile(copy, bytes, { flag: 'wx' });
      copied += 1;
    } catch (error) {
      if (!isTaken(error)) throw error;
      left.push(`${one.reference} is not copied: the new talk has a file of that name.`);
    }
  }
  return { copied, left };
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
