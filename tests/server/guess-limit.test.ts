import { expect, test } from 'vitest';
import { GuessLimit } from '../../src/server/lan/guess-limit.ts';

test('an address that guesses wrong waits, twice as long each time, up to a minute', () => {
  let now = 0;
  const limit = new GuessLimit(() => now);
  const waits = Array.from({ length: 12 }, () => {
    limit.failed('a');
    const wait = limit.wait('a');
    now += wait;
    return wait;
  });
  expect(waits).toEqual([0, 0, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000, 60_000]);
});

test('while it waits, even the right code is not looked at; nobody else waits', () => {
  const limit = new GuessLimit(() => 0);
  for (let i = 0; i < 3; i += 1) limit.failed('a');
  expect(limit.wait('a')).toBe(1000);
  expect(limit.wait('b')).toBe(0);
});

test('one that has paired, or was quiet for long, starts anew', () => {
  let now = 0;
  const limit = new GuessLimit(() => now);
  for (let i = 0; i < 3; i += 1) limit.failed('a');
  limit.succeeded('a');
  expect(limit.wait('a')).toBe(0);
  for (let i = 0; i < 9; i += 1) limit.failed('a');
  now += 11 * 60_000;
  limit.failed('a');
  expect(limit.wait('a')).toBe(0);
});

test('all addresses together get 500 tries a second: too few to find a code, too many to keep out who has it', () => {
  let now = 0;
  const limit = new GuessLimit(() => now);
  const tries = (count: number) =>
    Array.from({ length: count }, (_, i) => limit.wait(`${now}-${i}`)).filter((wait) => wait === 0).length;
  expect(tries(5000)).toBe(1000);
  now += 1000;
  expect(tries(5000)).toBe(500);
});
