import { expect, test } from 'vitest';

import { compileDeck } from '../../../src/deck/compile.ts';
import { compareDecks } from '../compare.ts';
import { startOracle } from '../oracle.ts';
import { makeFuzzDeck } from './deck.ts';

/** Decks of the grammar. `npm run fuzz` makes others, and shows what differs; what is fixed becomes a fixture. */
const SEEDS = [3, 5, 6, 9, 11, 12, 13];

test('decks of the grammar are the slides that pandoc makes of them', async () => {
  const oracle = await startOracle();
  for (const seed of SEEDS) {
    const { text } = makeFuzzDeck(seed);
    const { differences } = compareDecks(await oracle.compile(text), compileDeck(text).stacks.join('\n'));
    expect(differences, `seed ${seed}`).toEqual([]);
  }
}, 60_000);
