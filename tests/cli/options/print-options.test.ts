import { expect, test } from 'vitest';
import { toPrintLayout, type PrintFlags } from '../../../src/cli/options/print-options.ts';
import { PLAIN_LAYOUT } from '../../../src/stage/print-layout.ts';

test('without options each slide is a page of its own shape', () => {
  expect(toPrintLayout({})).toEqual(PLAIN_LAYOUT);
});

test('options become a layout', () => {
  expect(toPrintLayout({ size: 'a4', notes: 'pages', steps: true, range: '1-3,7' })).toEqual({
    ...PLAIN_LAYOUT,
    size: 'A4',
    notes: 'pages',
    steps: true,
    range: [
      { from: 1, to: 3 },
      { from: 7, to: 7 },
    ],
  });
  expect(toPrintLayout({ notes: true }).notes).toBe('below');
  expect(toPrintLayout({ handout: '3', size: 'letter' })).toMatchObject({ handout: 3, size: 'letter' });
});

test.each<[PrintFlags, string]>([
  [{ size: 'A5' }, '"A5" is not a size'],
  [{ handout: '5' }, '"5" slides'],
  [{ handout: '0' }, '"0" slides'],
  [{ range: '7-3' }, '"7-3" is not a range'],
  [{ notes: 'above' }, '"above" is not a place'],
  [{ handout: '4', steps: true }, "can't be combined"],
  [{ handout: '4', notes: 'pages' }, "can't be combined"],
  [{ notes: true, size: '4:3' }, "don't fit on 4:3"],
])('%o is refused, and says what to write instead', (flags, words) => {
  expect(() => toPrintLayout(flags)).toThrow(words);
});
