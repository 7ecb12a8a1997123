import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { compileDeck } from '../../src/deck/compile.ts';

/** `DECKHAND_FUZZ=100000` for the long run. */
const MUTANTS = Number(process.env['DECKHAND_FUZZ'] ?? '2000');
const FIXTURES = join(import.meta.dirname, '..', 'conformance', 'fixtures');

/** What breaks parsers: marks, ends without beginnings, deep nesting, other alphabets. */
const PIECES = [
  ...'`*_~^$[](){}<>|:;#>-+.!@\\"\'&=%/ \n\t0a'.split(''),
  '\n\n',
  '    ',
  '```',
  '~~~',
  ':::',
  '::: {.a}',
  '</div>',
  '<div>',
  '<!--',
  '-->',
  '---',
  '. . .',
  '](',
  '[^1]',
  '[^1]:',
  '![',
  '^[',
  '{.a}',
  '{#',
  '="',
  '$$',
  '\\begin{align}',
  '\\end{align}',
  '| a | b |\n|---|',
  '+---+',
  '> ',
  '- ',
  '1. ',
  '(@x)',
  '&amp;',
  '<script>',
  '</',
  '<a b="',
  '"',
  '\u0000',
  '\u202e',
  '😀',
  'é',
  '\ufeff',
  '\r\n',
  '\u00a0',
];

/** mulberry32: the same mutants in every run. */
function createRandom(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % limit;
  };
}

function mutate(text: string, other: string, random: (limit: number) => number): string {
  let result = text;
  for (let count = 1 + random(6); count > 0; count--) {
    const at = random(result.length + 1);
    const length = random(40);
    const piece = PIECES[random(PIECES.length)] ?? '';
    const from = random(other.length);
    switch (random(6)) {
      case 0:
        result = result.slice(0, at) + result.slice(at + length);
        break;
      case 1:
        result = result.slice(0, at) + piece + result.slice(at);
        break;
      case 2:
        result = result.slice(0, at) + piece.repeat(1 + random(60)) + result.slice(at);
        break;
      case 3:
        result = result.slice(0, at) + result.slice(at, at + length).repeat(1 + random(8)) + result.slice(at);
        break;
      case 4:
        result = result.slice(0, at) + other.slice(from, from + 200) + result.slice(at);
        break;
      default:
        result = result.slice(0, at);
    }
  }
  return result;
}

/** Milliseconds of the processor, whatever else the machine does. */
function processorTime(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function bestOf(runs: number, text: string): number {
  let best = Infinity;
  for (let run = 0; run < runs; run++) {
    best = Math.min(
      best,
      processorTime(() => compileDeck(text)),
    );
  }
  return best;
}

test(`${MUTANTS} mutants of the fixtures compile, or say why not, in 50 ms a kilobyte`, () => {
  const random = createRandom(20_260_723);
  const texts = readdirSync(FIXTURES).map((name) => readFileSync(join(FIXTURES, name, 'input.md'), 'utf8'));
  for (let count = 0; count < MUTANTS; count++) {
    const text = texts[random(texts.length)] ?? '';
    const mutant = mutate(text, texts[random(texts.length)] ?? '', random);
    const time = processorTime(() => {
      const deck = compileDeck(mutant);
      expect(deck.stacks.length + deck.diagnostics.length, mutant).toBeGreaterThan(0);
    });
    // The first ones warm the machine up; garbage of those before may be collected meanwhile, so a slow one gets more chances.
    const limit = 50 * Math.max(1, mutant.length / 1000);
    if (count > 50 && time > limit) expect(bestOf(5, mutant), mutant).toBeLessThan(limit);
  }
}, 3_600_000);

test('hostile texts of one kind compile in time that grows with their length', () => {
  const units = [
    '> ',
    '- ',
    '[',
    '![',
    '](',
    '*',
    '**a',
    '_a ',
    '`',
    '``a',
    '$',
    '$a',
    '<',
    '<a ',
    '<div>',
    '</div>',
    '<!--',
    '"',
    "'a ",
    '^',
    '~',
    '~~a',
    '[^',
    '^[',
    '{',
    '{.a ',
    ':::\n',
    '::: a\n',
    '|',
    '| a ',
    '|-',
    '+-',
    '\\',
    '\\a{',
    '&',
    '@a ',
    '[@a',
    '(',
    '((',
    '[a](',
    '[a](<',
    '#',
    '\n# a',
    '1. ',
    '(@a) ',
    'a: ',
    ': a\n',
    '---\n',
    '- - ',
    '\t',
    ' ',
    '\u0000',
    '\\begin{a}',
    '$$',
    '<b>',
    '*a _b ',
    '[a *b ',
    '"a \'b ',
    '^a~b',
    '\n    ',
    'a\n: b\n',
    '<span>',
    '- a\n  ',
    '[a]: b\n',
    '-->',
    '```\n',
  ];
  for (const unit of units) {
    const small = unit.repeat(Math.ceil(10_000 / unit.length));
    const time = processorTime(() => {
      const deck = compileDeck(small);
      expect(deck.stacks.length + deck.diagnostics.length, JSON.stringify(unit)).toBeGreaterThan(0);
    });
    expect(time, JSON.stringify(unit)).toBeLessThan(50 * 10 * 2);
  }
}, 300_000);
