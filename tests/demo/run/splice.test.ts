import { expect, test } from 'vitest';
import { applySplice, spliceBetween } from '../../../src/demo/run/splice.ts';

test('the change between two texts is the shortest one in the middle, and makes one of the other', () => {
  expect(spliceBetween('abc', 'abc')).toBeUndefined();
  expect(spliceBetween('print(1)\n', 'print(22)\n')).toEqual({ from: 6, remove: 1, insert: '22' });
  expect(spliceBetween('aa', 'aaa')).toEqual({ from: 2, remove: 0, insert: 'a' });
  expect(spliceBetween('a\n  b\n', 'a\n  new\n  b\n')).toEqual({ from: 2, remove: 0, insert: '  new\n' });
  expect(spliceBetween('a\n  old\n  b\n', 'a\n  b\n')).toEqual({ from: 2, remove: 8 - 2, insert: '' });
  for (const [before, after] of [
    ['', 'x'],
    ['x', ''],
    ['one\ntwo\n', 'one\n2\ntwo\n'],
    ['😀a', '😁a'],
    ['x = [\n  1,\n]\n', 'x = [\n  1,\n  2,\n]\n'],
    ['  a\n  b\n  b\n', '  a\n  b\n'],
  ] as const) {
    const splice = spliceBetween(before, after);
    expect(splice === undefined ? before : applySplice(before, splice)).toBe(after);
  }
});
