/**
 * What changed in a deck between two saves: one run of top-level stacks replaced by another. A save touches one slide,
 * so this is small even when the deck is not.
 */
export interface DeckPatch {
  /** Version of the deck that it applies to, and the version that it makes. */
  from: number;
  to: number;
  /** Index of the first stack that differs. */
  start: number;
  remove: number;
  insert: string[];
}

/** The smallest single replacement that makes `after` of `before`. */
export function diffStacks(
  before: readonly string[],
  after: readonly string[],
): Omit<DeckPatch, 'from' | 'to'> {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let tail = 0;
  while (tail < shorter - start && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  return { start, remove: before.length - start - tail, insert: after.slice(start, after.length - tail) };
}
