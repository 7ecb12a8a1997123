import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { convertDeck, FORMATS, guessFormat, type Format } from '../convert/convert.ts';
import { compileTalk } from '../deck/compile.ts';
import { UserError } from '../demo/user-error.ts';
import { readInside } from '../files/open-inside.ts';

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

/** Writes the deck, in pandoc's Markdown, and the files beside it that it names. Returns what there is to tell. */
export async function takeOver({ file, format }: Source, text: string, target: string): Promise<string[]> {
  const from = format ?? guessFormat(text);
  const converted = convertDeck(text, from);
  await writeFile(join(target, 'talk.md'), converted.text);
  // The template's demo belongs to the template's slides.
  await rm(join(target, 'demos'), { recursive: true, force: true });
  const folder = dirname(resolve(file));
  const missing: string[] = [];
  let copied = 0;
  for (const path of new Set(compileTalk(converted.text).files.map((one) => one.path))) {
    if (/^(?:[a-z][a-z0-9+.-]*:|\/|#)/i.test(path)) continue;
    const bytes = await readInside(folder, path);
    if (bytes === undefined) {
      missing.push(path);
      continue;
    }
    await mkdir(dirname(join(target, path)), { recursive: true });
    await writeFile(join(target, path), bytes);
    copied += 1;
  }
  return [
    ...(converted.slides === undefined
      ? []
      : [`${count(converted.slides, 'slide')} from ${from}, ${count(copied, 'file')} beside them.`]),
    ...missing.map((path) => `${path} is not beside the deck: copy it by hand.`),
    ...converted.report,
  ];
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
