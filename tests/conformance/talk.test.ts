import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compileDeck } from '../../src/deck/compile.ts';
import { compareDecks } from './compare.ts';
import { startOracle } from './oracle.ts';

const root = join(import.meta.dirname, '..', '..');
const presented = readFileSync(join(root, 'slides', 'talk.md'), 'utf8');
const original = readFileSync(join(root, 'tests', 'deck', 'fixtures', 'talk.md'), 'utf8');

/** A slide of ours: its comment, and everything to the next heading or the next such comment. */
const ADDED = /<!-- Added by Deckhand[^>]*-->\n\n## .*\n(?:(?!##(?!#)|<!-- Added).*\n)*/gu;

/** Blank lines between slides mean nothing. */
function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}

test('without the slides that are marked as added, the deck that is presented is the original talk', () => {
  expect(presented.match(ADDED)?.length).toBeGreaterThanOrEqual(4);
  expect(lines(presented.replaceAll(ADDED, ''))).toEqual(lines(original));
});

test('the deck that is presented compiles as pandoc compiles it, panels left aside', async () => {
  const withoutPanels = presented.replaceAll(/^::: \{\.demo .*$/gmu, '::: panel');
  const oracle = await startOracle();
  const html = compileDeck(withoutPanels).stacks.join('\n');
  expect(compareDecks(await oracle.compile(withoutPanels), html).differences).toEqual([]);
}, 60_000);
