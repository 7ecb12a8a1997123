import { describe, expect, test } from 'vitest';
import { diffStacks } from '../../src/stage/deck-patch.ts';

function apply(before: readonly string[], after: readonly string[]): string[] {
  const { start, remove, insert } = diffStacks(before, after);
  return before.toSpliced(start, remove, ...insert);
}

/** Every list of up to `length` of the letters: repeats included, where a diff goes wrong. */
function lists(letters: readonly string[], length: number): string[][] {
  if (length === 0) return [[]];
  const shorter = lists(letters, length - 1);
  const longest = shorter.filter((list) => list.length === length - 1);
  return [...shorter, ...longest.flatMap((list) => letters.map((letter) => [...list, letter]))];
}

describe('a patch of the deck', () => {
  test('makes the new stacks of the old ones, for every pair of small decks', () => {
    const decks = lists(['a', 'b'], 5);
    expect(decks).toHaveLength(63);
    for (const before of decks) {
      for (const after of decks) expect(apply(before, after)).toEqual(after);
    }
  });

  test('never takes out or puts in more than there is', () => {
    for (const before of lists(['a', 'b'], 4)) {
      for (const after of lists(['a', 'b'], 4)) {
        const { start, remove, insert } = diffStacks(before, after);
        expect(remove).toBeGreaterThanOrEqual(0);
        expect(start + remove).toBeLessThanOrEqual(before.length);
        expect(before.length - remove + insert.length).toBe(after.length);
      }
    }
  });

  test('holds one slide when one slide changed, however long the deck is', () => {
    const before = Array.from({ length: 500 }, (_, i) => `<section>${i}</section>`);
    const after = before.with(250, '<section>new</section>');
    expect(diffStacks(before, after)).toEqual({ start: 250, remove: 1, insert: ['<section>new</section>'] });
  });

  test('is empty when nothing changed', () => {
    expect(diffStacks(['a', 'b'], ['a', 'b'])).toEqual({ start: 2, remove: 0, insert: [] });
  });

  test('only inserts when a slide was doubled', () => {
    expect(diffStacks(['a', 'b'], ['a', 'a', 'b'])).toEqual({ start: 1, remove: 0, insert: ['a'] });
  });
});
