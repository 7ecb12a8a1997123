import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { OutputGate } from '../../src/runner/output-gate.ts';

const rate = { burst: 100, perSecond: 100, tail: 20 };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function makeGate() {
  const shown: string[] = [];
  const gate = new OutputGate(
    ({ service, step }, text) => shown.push(`${service}${step ?? ''}:${text}`),
    Date.now,
    rate,
  );
  return { gate, shown };
}

test('what can be looked at passes at once, unchanged', () => {
  const { gate, shown } = makeGate();
  gate.push({ service: 'a' }, Buffer.from('one\n'));
  gate.push({ service: 'a', step: 2 }, Buffer.from('two'));
  expect(shown).toEqual(['a:one\n', 'a2:two']);
});

test('more than that is left out, which is said, and its end shown soon, from the beginning of a line', () => {
  const { gate, shown } = makeGate();
  gate.push({ service: 'a' }, Buffer.from('x'.repeat(100)));
  for (let i = 0; i < 5000; i += 1) gate.push({ service: 'a' }, Buffer.from(`line ${i}\n`));
  expect(shown).toHaveLength(1);
  vi.advanceTimersByTime(250);
  expect(shown).toEqual([`a:${'x'.repeat(100)}`, 'a:\n… 49 kB left out …\nline 4999\n']);
});

test('a held piece that fits is shown whole, without a word', () => {
  const { gate, shown } = makeGate();
  gate.push({ service: 'a' }, Buffer.from('x'.repeat(100)));
  gate.push({ service: 'a' }, Buffer.from('short\n'));
  gate.flush();
  expect(shown.at(-1)).toBe('a:short\n');
});

test('of one long line its end is shown, also when a line feed comes after it', () => {
  const { gate, shown } = makeGate();
  gate.push({ service: 'a' }, Buffer.from('x'.repeat(100)));
  gate.push({ service: 'a' }, Buffer.from(`${'y'.repeat(200)} the end\n`));
  gate.flush();
  expect(shown.at(-1)).toMatch(/left out …\ny+ the end\n$/u);
});

test('origins are held apart', () => {
  const { gate, shown } = makeGate();
  gate.push({ service: 'a' }, Buffer.from('x'.repeat(100)));
  gate.push({ service: 'a' }, Buffer.from('1'));
  gate.push({ service: 'b' }, Buffer.from('2'));
  gate.flush();
  expect(shown.slice(1)).toEqual(['a:1', 'b:2']);
});

test('a character of two halves is not cut', () => {
  const { gate, shown } = makeGate();
  gate.push({ service: 'a' }, Buffer.from('x'.repeat(100)));
  gate.push({ service: 'a' }, Buffer.from('😀'.repeat(15) + 'y'));
  gate.flush();
  expect(shown.at(-1)).toMatch(/^a:\n… 1 kB left out …\n(?:😀)+y$/u);
});

test('after a pause it passes again', () => {
  const { gate, shown } = makeGate();
  gate.push({ service: 'a' }, Buffer.from('x'.repeat(100)));
  vi.advanceTimersByTime(1000);
  gate.push({ service: 'a' }, Buffer.from('y'.repeat(90)));
  expect(shown).toHaveLength(2);
});
