import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { compileDeck } from '../../src/deck/compile.ts';

const PAGE = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'dialect.md'), 'utf8');
const EXAMPLES = [...PAGE.matchAll(/^## (.+)$|^```markdown\n([\s\S]*?)^```$/gm)];
const DEMOS = new Map([['django', ['dockerfile', 'terminal', 'app']]]);

let heading = '';
for (const [, title, example] of EXAMPLES) {
  if (title !== undefined) heading = title;
  if (example === undefined) continue;
  test(`the dialect page's example under "${heading}" compiles without an error: ${example.split('\n', 1)[0]}`, () => {
    const deck = compileDeck(example, { demos: DEMOS });
    expect(deck.diagnostics.filter((diagnostic) => diagnostic.severity === 'error')).toEqual([]);
    expect(deck.slides.length).toBeGreaterThan(0);
  });
}

test('the dialect page has an example for every construct', () => {
  expect(EXAMPLES.filter(([, , example]) => example !== undefined).length).toBeGreaterThanOrEqual(15);
});
