import { describe, expect, test } from 'vitest';
import { compileDeck, compileTalk } from '../../src/deck/compile.ts';

const HIDDEN = '{visibility=hidden}';

/** Its slides as `h/v title number`. */
function slidesOf(markdown: string): string[] {
  return compileTalk(markdown).slides.map(({ h, v, title, number }) => `${h}/${v} ${title} ${number}`);
}

describe('a hidden slide', () => {
  test('is no slide of the talk: what stands behind it moves up', () => {
    const deck = `## A\n\n## Gone ${HIDDEN}\n\n## B\n`;
    expect(slidesOf(deck)).toEqual(['0/0 A 1', '1/0 B 2']);
    expect(compileTalk(deck).stacks).toHaveLength(2);
  });

  test('stays in what pandoc would write', () => {
    expect(compileDeck(`## A\n\n## Gone ${HIDDEN}\n`).stacks).toHaveLength(2);
  });

  test('takes its notes, pictures and footnotes with it', () => {
    const deck = compileTalk(
      `## A\n\n## Gone ${HIDDEN}\n\n![x](x.png) word[^1]\n\n[^1]: secret\n\n::: notes\nsecret\n:::\n`,
    );
    expect(deck.stacks.join()).not.toContain('secret');
    expect(deck.files).toEqual([]);
  });

  test('is left out of a stack; a hidden title slide leaves the slides below it', () => {
    expect(slidesOf(`# Part\n\n## A\n\n## Gone ${HIDDEN}\n\n## B\n`)).toEqual([
      '0/0 Part 1',
      '0/1 A 2',
      '0/2 B 3',
    ]);
    const deck = `# Part ${HIDDEN}\n\nwords\n\n## A\n\n## B\n\n# End\n`;
    expect(slidesOf(deck)).toEqual(['0/0 A 1', '0/1 B 2', '1/0 End 3']);
    expect(compileTalk(deck).stacks[0]).toMatch(/^<section>\n<section id="a"/);
    expect(slidesOf(`# Part ${HIDDEN}\n\n## A ${HIDDEN}\n\n# End\n`)).toEqual(['0/0 End 1']);
  });

  test('can be the title slide', () => {
    const deck = '---\ntitle: T\ntitle-slide-attributes:\n  visibility: hidden\n---\n\n## A\n';
    expect(slidesOf(deck)).toEqual(['0/0 A 1']);
  });

  test('is checked all the same', () => {
    const { diagnostics } = compileTalk(`## A\n\n## Gone ${HIDDEN}\n\n::: {.demo name="none"}\n:::\n`, {
      demos: new Map(),
    });
    expect(diagnostics.map(({ code }) => code)).toContain('unknown-demo');
  });
});

test('an uncounted slide has the number of the one before it', () => {
  expect(slidesOf('## A\n\n## U {visibility=uncounted}\n\n## B\n')).toEqual([
    '0/0 A 1',
    '1/0 U 1',
    '2/0 B 2',
  ]);
});
