/** One change of a text: so many characters at `from` go, and others come in their place. Units of UTF-16. */
export interface Splice {
  from: number;
  remove: number;
  insert: string;
}

/** The change that makes one text of another: what they begin and end with alike stays. Undefined when they are the same. */
export function spliceBetween(before: string, after: string): Splice | undefined {
  if (before === after) return undefined;
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const remove = before.length - start - end;
  const insert = after.slice(start, after.length - end);
  return atLineStart(before, { from: start, remove, insert });
}

/** Lines that come or go are whole lines, where they could as well begin in the middle of one. */
function atLineStart(before: string, splice: Splice): Splice {
  const { from, remove, insert } = splice;
  if (insert !== '' && remove > 0) return splice;
  const lineStart = before.lastIndexOf('\n', from - 1) + 1;
  const moved = before.slice(lineStart, from);
  const changed = insert === '' ? before.slice(from, from + remove) : insert;
  if (moved === '' || !changed.endsWith(moved) || changed.length < moved.length) return splice;
  const turned = moved + changed.slice(0, changed.length - moved.length);
  return { from: lineStart, remove, insert: insert === '' ? '' : turned };
}

/** A text after a change; a change that doesn't fit it changes what it reaches. */
export function applySplice(text: string, { from, remove, insert }: Splice): string {
  return text.slice(0, from) + insert + text.slice(from + remove);
}
