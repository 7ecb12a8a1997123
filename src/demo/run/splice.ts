/** One change of a text: so many characters at `at` go, and others come in their place. Units of UTF-16. */
export interface Splice {
  at: number;
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
  return { at: start, remove: before.length - start - end, insert: after.slice(start, after.length - end) };
}

/** A text after a change; a change that doesn't fit it changes what it reaches. */
export function applySplice(text: string, { at, remove, insert }: Splice): string {
  return text.slice(0, at) + insert + text.slice(at + remove);
}
