import { parseArgs } from 'node:util';

import { compileDeck } from '../../../src/deck/compile.ts';
import type { Comparison } from '../compare.ts';
import { compareDecks } from '../compare.ts';
import type { Oracle } from '../oracle.ts';
import { startOracle } from '../oracle.ts';
import type { FuzzDeck } from './deck.ts';
import { makeFuzzDeck } from './deck.ts';
import { minimise } from './minimise.ts';

/**
 * `npm run fuzz -- --count 20000 --seed 1 --show 20`: that many slides of the grammar, compiled by pandoc and by us. Prints how many
 * are equal, the seeds of the decks that differ, and the first differences, as short as they get and grouped.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '1' },
      show: { type: 'string', default: '20' },
    },
  });
  const oracle = await startOracle();
  const differing: { seed: number; deck: FuzzDeck }[] = [];
  let total = 0;
  let equal = 0;
  for (let seed = Number(values.seed); total < Number(values.count); seed++) {
    const deck = makeFuzzDeck(seed);
    const result = await compareWithPandoc(oracle, deck.text);
    if (result === undefined) continue;
    total += result.total;
    equal += result.equal;
    if (result.differences.length > 0) differing.push({ seed, deck });
  }
  print(`${equal} of ${total} slides are equal: ${((100 * equal) / total).toFixed(2)} %`);
  print(`Seeds of decks that differ: ${differing.map(({ seed }) => seed).join(' ')}`);
  await explain(oracle, differing, Number(values.show));
}

/** Nothing where pandoc refuses the deck. */
async function compareWithPandoc(oracle: Oracle, text: string): Promise<Comparison | undefined> {
  const expected = await oracle.compile(text).catch(() => undefined);
  return expected === undefined ? undefined : compareDecks(expected, compileDeck(text).stacks.join('\n'));
}

async function explain(oracle: Oracle, decks: readonly { seed: number; deck: FuzzDeck }[], most: number) {
  const groups = new Map<string, string[]>();
  let shown = 0;
  const differs = async (text: string) => {
    const result = text.trim() === '' ? undefined : await compareWithPandoc(oracle, text);
    // Of an empty deck pandoc makes one empty slide: what is left when everything is left out.
    return (result?.differences.length ?? 0) > 0 && result?.differences[0]?.actual !== '';
  };
  for (const { seed, deck } of decks) {
    for (const slide of [...deck.slides, deck.text]) {
      if (shown >= most) break;
      // The deck as a whole only when none of its slides differs alone.
      if (slide === deck.text && groups.get('seen')?.includes(String(seed)) === true) continue;
      if (!(await differs(slide))) continue;
      shown++;
      groups.set('seen', [...(groups.get('seen') ?? []), String(seed)]);
      const short = await minimise(slide, differs);
      const result = await compareWithPandoc(oracle, short);
      const change = result === undefined ? '' : changedLines(result);
      groups.set(change, [...(groups.get(change) ?? []), `seed ${seed}: ${JSON.stringify(short)}`]);
    }
  }
  groups.delete('seen');
  for (const [change, examples] of groups) print(`\n${examples.join('\n')}\n${change}`);
}

/** The lines of the first difference that only one of the two has. */
function changedLines({ differences }: Comparison): string {
  const [first] = differences;
  const expected = first?.expected.split('\n') ?? [];
  const actual = first?.actual.split('\n') ?? [];
  const lost = expected.filter((line) => !actual.includes(line)).map((line) => `  pandoc ${line}`);
  const gained = actual.filter((line) => !expected.includes(line)).map((line) => `  ours   ${line}`);
  return [...lost, ...gained].join('\n');
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

await main();
