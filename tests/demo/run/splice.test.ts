import { expect, test } from 'vitest';
import { applySplice, spliceBetween } from '../../../src/demo/run/splice.ts';

test('the change between two texts is the shortest one in the middle, and makes one of the other', () => {
  expect(spliceBetween('abc', 'abc')).toBeUndefined();
  expect(spliceBetween('print(1)\n', 'print(22)\n')).toEqual({ at: 6, remove: 1, insert: '22' });
  expect(spliceBetween('aa', 'aaa')).toEqual({ at: 2, remove: 0, insert: 'a' });
  for (const [before, after] of [
    ['', 'x'],
    ['x', ''],
    ['one\ntwo\n', 'one\n2\ntwo\n'],
    ['😀a', '😁a'],
  ] as const) {
    const splice = spliceBetween(before, after);
    expect(splice === undefined ? before : applySplice(before, splice)).toBe(after);
  }
});
