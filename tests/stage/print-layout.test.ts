import { describe, expect, test } from 'vitest';
import {
  fromPrintQuery,
  isInRange,
  parseRange,
  PLAIN_LAYOUT,
  sheetOf,
  toPrintQuery,
  type PrintLayout,
} from '../../src/stage/print-layout.ts';

describe('a range of slides', () => {
  test.each([
    ['5', 5, 5],
    ['3-12', 3, 12],
    [' 3 - 12 ', 3, 12],
    ['10-', 10, Number.POSITIVE_INFINITY],
    ['-4', 1, 4],
  ])('"%s" is from %d to %d', (text, from, to) => {
    expect(parseRange(text)).toEqual({ from, to });
  });

  test.each(['', '-', '0', '7-3', 'a', '1-2-3', '1.5', '-0'])('"%s" is none', (text) => {
    expect(parseRange(text)).toBeUndefined();
  });

  test('without one every slide is in it', () => {
    expect(isInRange(undefined, 99)).toBe(true);
    expect(isInRange([{ from: 3, to: 4 }], 5)).toBe(false);
    expect(
      isInRange(
        [
          { from: 3, to: 4 },
          { from: 5, to: 5 },
        ],
        5,
      ),
    ).toBe(true);
  });
});

describe('the page that prints', () => {
  const layouts: PrintLayout[] = [
    PLAIN_LAYOUT,
    { ...PLAIN_LAYOUT, steps: true, notes: 'pages', range: [{ from: 10, to: Number.POSITIVE_INFINITY }] },
    {
      ...PLAIN_LAYOUT,
      size: 'letter',
      handout: 6,
      range: [
        { from: 1, to: 3 },
        { from: 7, to: 7 },
      ],
    },
    { ...PLAIN_LAYOUT, size: 'social', contactSheet: true },
  ];
  test.each(layouts)('reads from its address what the command line wrote there: %o', (layout) => {
    expect(fromPrintQuery(toPrintQuery(layout))).toEqual(layout);
  });

  test('takes an address that somebody typed for what it knows', () => {
    expect(fromPrintQuery('?view=print')).toEqual(PLAIN_LAYOUT);
    expect(fromPrintQuery('?size=A9&notes=maybe&handout=5&range=x')).toEqual(PLAIN_LAYOUT);
  });
});

test('handouts and notes below slides stand upright; four on a sheet lie', () => {
  const isUpright = (layout: Partial<PrintLayout>) => {
    const { width, height } = sheetOf({ ...PLAIN_LAYOUT, ...layout });
    return height > width;
  };
  expect(isUpright({})).toBe(false);
  expect(isUpright({ size: 'A4' })).toBe(false);
  expect(isUpright({ notes: 'below' })).toBe(true);
  expect(isUpright({ notes: 'pages' })).toBe(false);
  expect(isUpright({ handout: 3, size: 'letter' })).toBe(true);
  expect(isUpright({ handout: 4 })).toBe(false);
});
