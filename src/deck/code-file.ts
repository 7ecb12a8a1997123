import type { Attr, Code } from './ast.ts';
import { attrValue } from './ast.ts';
import type { Reading } from './compilation.ts';

/** A fence that shows a file: ```` ```{.python file="demos/web/app.py" lines="10-20"} ````. */
export interface ShownFile {
  /** As written. */
  path: string;
  /** `10-20`, `10-` or `10`, several with commas; all of the file when absent. */
  lines?: string;
}

export interface Excerpt {
  text: string;
  /** The number of its first line, from 1. */
  first: number;
}

export function shownFile(attr: Attr): ShownFile | undefined {
  const path = attrValue(attr, 'file');
  const lines = attrValue(attr, 'lines');
  if (path === undefined || path === '') return undefined;
  return { path, ...(lines === undefined ? {} : { lines }) };
}

/** Those lines of a file's text; undefined when `lines` names none of them. */
export function excerptOf(text: string, lines?: string): Excerpt | undefined {
  const all = text.replace(/\r\n?/g, '\n').replace(/\n+$/, '').split('\n');
  if (lines === undefined) return { text: all.join('\n'), first: 1 };
  const parts: string[] = [];
  let first: number | undefined;
  for (const range of lines.split(',')) {
    const match = /^\s*(\d+)\s*(?:(-)\s*(\d+)?)?\s*$/.exec(range);
    if (match === null) return undefined;
    const from = Number(match[1]);
    const to = match[2] === undefined ? from : Number(match[3] ?? all.length);
    if (from < 1 || to < from || from > all.length) return undefined;
    first ??= from;
    parts.push(...all.slice(from - 1, to));
  }
  return first === undefined ? undefined : { text: parts.join('\n'), first };
}

/** What a fence shows: lines of its file when that was read, else what stands in the fence. */
export function codeOf(cx: Reading, { attr, text }: Code): { text: string; first?: number } {
  const file = shownFile(attr);
  const read = file === undefined ? undefined : cx.options.codeFiles?.get(file.path);
  return (read === undefined ? undefined : excerptOf(read, file?.lines)) ?? { text };
}
