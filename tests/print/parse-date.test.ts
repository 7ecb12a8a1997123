import { expect, test } from 'vitest';
import { parseDate } from '../../src/print/parse-date.ts';

test.each([
  ['2026-05-01', '2026-05-01'],
  ['2026-05', '2026-05-01'],
  ['2026', '2026-01-01'],
  ['1 May 2026', '2026-05-01'],
  ['3. Sept 2026', '2026-09-03'],
  ['May 12, 2026', '2026-05-12'],
  [' May  2026 ', '2026-05-01'],
])('"%s" is %s', (text, day) => {
  expect(parseDate(text)?.toISOString().slice(0, 10)).toBe(day);
});

test.each(['', 'yesterday', '2026-02-30', 'Talk 5', '31 Foo 2026', 'PyCon 2026', '40 May 2026'])(
  '"%s" is no day',
  (text) => {
    expect(parseDate(text)).toBeUndefined();
  },
);
