import { describe, expect, test } from 'vitest';
import { compileDeck } from '../../src/deck/compile.ts';

const deck = (attributes: string, text = 'ls') => `## A\n\n\`\`\`{${attributes}}\n${text}\n\`\`\`\n`;
const demos = new Map([['shop', ['app', 'logs', 'run:sql']]]);
const codesOf = (attributes: string) =>
  compileDeck(deck(attributes), { demos }).diagnostics.map(({ code, line }) => `${line} ${code}`);

describe('code that runs', () => {
  test('has a panel below it, and a step that runs it', () => {
    const { stacks, runBlocks, demos: used } = compileDeck(deck('.bash .run demo="shop" service="db"'));
    const [block] = runBlocks;
    expect(block).toMatchObject({ demo: 'shop', language: 'bash', text: 'ls', service: 'db' });
    expect(stacks.join('')).toContain(`data-step="code:${block?.key}"`);
    expect(stacks.join('')).toContain('class="demo run-block" data-name="shop"');
    expect(used.map(({ name }) => name)).toEqual(['shop']);
  });

  test('is another block when its text, its language or its service is another', () => {
    const keyOf = (attributes: string, text?: string) =>
      compileDeck(deck(attributes, text)).runBlocks[0]?.key;
    const key = keyOf('.bash .run demo="shop"');
    expect(keyOf('.bash .run demo="shop"')).toBe(key);
    expect(keyOf('.bash .run demo="shop"', 'ls -l')).not.toBe(key);
    expect(keyOf('.python .run demo="shop"')).not.toBe(key);
    expect(keyOf('.bash .run demo="shop" service="db"')).not.toBe(key);
  });

  test('must name a demo that is there, and a language that something runs', () => {
    expect(codesOf('.bash .run demo="shop"')).toEqual([]);
    expect(codesOf('.run demo="shop"')).toEqual([]);
    expect(codesOf('.sql .run demo="shop"')).toEqual([]);
    expect(codesOf('.bash .run')).toEqual(['3 run-without-demo']);
    expect(codesOf('.bash .run demo="shop2"')).toEqual(['3 unknown-demo']);
    expect(codesOf('.haskell .run demo="shop"')).toEqual(['3 no-interpreter']);
  });
});
