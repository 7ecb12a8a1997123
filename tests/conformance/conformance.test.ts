import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { beforeAll, describe, expect, test } from 'vitest';

import { compileDeck } from '../../src/deck/compile.ts';
import type { Comparison } from './compare.ts';
import { compareDecks } from './compare.ts';
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

describe('own fixtures', () => {
  test('at least 97 % of their slides equal those of pandoc 3.10', async () => {
    let total = 0;
    let equal = 0;
    for (const name of readdirSync(FIXTURES)) {
      const result = await compareWithPandoc(readFileSync(join(FIXTURES, name, 'input.md'), 'utf8'));
      total += result.total;
      equal += result.equal;
    }
    expect(equal / total).toBeGreaterThanOrEqual(0.97);
  }, 120_000);
});
