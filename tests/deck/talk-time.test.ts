import { expect, test } from 'vitest';
import { compileDeck } from '../../src/deck/compile.ts';
import { parseTalkTime } from '../../src/deck/talk-time.ts';

test.each([
  ['45', 45 * 60_000],
  [45, 45 * 60_000],
  ['45 min', 45 * 60_000],
  ['1h30m', 90 * 60_000],
  ['90s', 90_000],
  ['1:30', 90_000],
  ['1:00:05', 3_605_000],
])('%s is a time of a talk', (text, ms) => {
  expect(parseTalkTime(text)).toBe(ms);
});

test.each(['', 'soon', '-5', '0', '1:75', 'm'])('"%s" is none', (text) => {
  expect(parseTalkTime(text)).toBeUndefined();
});

test('a deck says how long it takes and how long its slides do, and a time that is none is warned of', () => {
  const deck = compileDeck('---\ntitle: T\nduration: 45m\n---\n\n## One {time=2m}\n\n## Two {time=soon}\n');
  expect(deck.durationMs).toBe(45 * 60_000);
  expect(deck.slides.map((slide) => slide.plannedMs)).toEqual([undefined, 120_000, undefined]);
  expect(deck.diagnostics.filter((one) => one.code === 'bad-time').map((one) => one.line)).toEqual([8]);
  expect(deck.stacks.join('')).toContain('data-time="2m"');
});
