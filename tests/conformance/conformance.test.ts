import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { beforeAll, expect, test } from 'vitest';

import { compileDeck } from '../../src/deck/compile.ts';
import type { Comparison } from './compare.ts';
import { compareDecks } from './compare.ts';
import { KNOWN_DIFFERENCES } from './known-differences.ts';
import type { Oracle } from './oracle.ts';
import { startOracle } from './oracle.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures');
const TALK = join(import.meta.dirname, '..', 'deck', 'fixtures', 'talk.md');

let oracle: Oracle;
beforeAll(async () => {
  oracle = await startOracle();
}, 60_000);

async function compareWithPandoc(markdown: string): Promise<Comparison> {
  return compareDecks(await oracle.compile(markdown), compileDeck(markdown).stacks.join('\n'));
}

test('the first talk compiles to the slides that pandoc makes of it', async () => {
  const result = await compareWithPandoc(readFileSync(TALK, 'utf8'));
  expect(result.differences).toEqual([]);
  expect(result.total).toBe(21);
});

test('the slides of our fixtures equal those of pandoc 3.10, but for those that are listed with a reason', async () => {
  const names = readdirSync(FIXTURES).toSorted();
  const differing: string[] = [];
  let total = 0;
  for (const name of names) {
    const result = await compareWithPandoc(readFileSync(join(FIXTURES, name, 'input.md'), 'utf8'));
    total += result.total;
    differing.push(...result.differences.map((difference) => `${name}#${difference.id}`));
  }
  expect(names.length).toBeGreaterThanOrEqual(200);
  expect(differing.toSorted()).toEqual(Object.keys(KNOWN_DIFFERENCES).toSorted());
  expect(differing.length / total).toBeLessThanOrEqual(0.03);
}, 180_000);

test('the comparison sees a changed class, a missing word and a slide too many', () => {
  const deck = '<section id="a" class="slide"><h2>A</h2><p>one two</p></section>';
  expect(compareDecks(deck, deck).differences).toEqual([]);
  expect(compareDecks(deck, deck.replace('class="slide"', 'class="slides"')).differences).toHaveLength(1);
  expect(compareDecks(deck, deck.replace(' two', '')).differences).toHaveLength(1);
  expect(compareDecks(deck, deck + deck).differences).toHaveLength(1);
});
