import { describe, expect, test } from 'vitest';

import { compileDeck } from '../../src/deck/compile.ts';
import type { Diagnostic } from '../../src/deck/deck.ts';
import { WITHOUT_EFFECT } from '../../src/deck/lint/no-effect.ts';

const DEMOS = new Map([['django', ['dockerfile', 'terminal', 'app', 'logs:web', 'type:migrate']]]);

function lint(markdown: string): Diagnostic[] {
  return compileDeck(markdown, { demos: DEMOS }).diagnostics;
}

/** What is wrong, in which text, with which code, at which line and column. */
const CASES: [what: string, markdown: string, code: string, place: [line: number, column: number]][] = [
  ['a bare word in braces', '## A {.center data-trim}\n', 'attributes-are-text', [1, 6]],
  ['braces behind a paragraph', '## A\n\ntext {.big}\n', 'attributes-nowhere', [3, 6]],
  ['a list without a blank line', '## A\n\ntext\n- item\n', 'no-blank-line', [4, 1]],
  ['a quote without a blank line', '## A\n\ntext\n> quote\n', 'no-blank-line', [4, 1]],
  ['a heading without a blank line', '## A\n\ntext\n## B\n', 'no-blank-line', [4, 1]],
  ['a div without a blank line', '## A\n\ntext\n::: {.b}\n\nx\n\n', 'no-blank-line', [4, 1]],
  ['a heading without a space', '##A\n', 'heading-needs-space', [1, 1]],
  ['a div that is never closed', '## A\n\n::: {.b}\n\ntext\n', 'unclosed-div', [3, 1]],
  ['an HTML div that is never closed', '## A\n\n<div>\n\ntext\n', 'unclosed-div', [3, 1]],
  ['an end of a div too many', '## A\n\ntext\n\n:::\n', 'extra-div-end', [5, 1]],
  ['a fence that is never closed', '## A\n\n```\ncode\n', 'unclosed-fence', [3, 1]],
  ['notes on a heading', '## A {.notes}\n', 'lost-notes', [1, 1]],
  ['notes behind a paragraph', '## A\n\ntext {.notes}\n', 'lost-notes', [3, 6]],
  ['notes that an aside replaces', '## A {notes="x"}\n\n::: notes\ny\n:::\n', 'notes-twice', [1, 7]],
  ['notes of what is no slide', '## A\n\n### B {notes="x"}\n', 'notes-not-shown', [3, 8]],
  ['a script', '## A\n\n<script>\nx()\n</script>\n', 'script-does-not-run', [3, 1]],
  ['a handler', '## A\n\ntext <b onclick="x()">y</b>\n', 'script-does-not-run', [3, 6]],
  ['an object', '## A\n\n<object data="a.svg"></object>\n', 'not-embedded', [3, 1]],
  ['a video that plays at once', '## A\n\n<video src="a.mp4" autoplay></video>\n', 'plays-at-once', [3, 1]],
  ['an id twice', '## A {#x}\n\n## B {#x}\n', 'duplicate-id', [3, 8]],
  ['a link to no slide', '## A\n\nsee [this](#nowhere)\n', 'broken-link', [3, 5]],
  ['a reference without a definition', '## A\n\n[text][key]\n', 'missing-reference', [3, 1]],
  ['a footnote that is not there', '## A\n\ntext[^1]\n', 'missing-footnote', [3, 5]],
  ['a footnote that nothing refers to', '## A\n\ntext\n\n[^1]: note\n', 'unused-footnote', [5, 1]],
  ['a slide without a title', '## A\n\n---\n\ntext\n', 'slide-without-title', [3, 1]],
  [
    'a service that the demo has not',
    '## A\n\n::: {.demo name="django" steps="start kill:db"}\n:::\n',
    'unknown-service',
    [3, 39],
  ],
  [
    'a command that the demo has not',
    '## A\n\n::: {.demo name="django" steps="type:migrate run type:fly"}\n:::\n',
    'unknown-command',
    [3, 50],
  ],
  [
    'a layout that is none',
    '## A\n\n::: {.demo name="django" views="(app | terminal"}\n:::\n',
    'bad-layout',
    [3, 1],
  ],
  ['a picture without a text', '## A\n\n![](a.png)\n', 'picture-without-text', [3, 1]],
  ['a picture without an address', '## A\n\n![text]()\n', 'empty-target', [3, 1]],
  [
    'a pause before nothing but notes',
    '## A\n\ntext\n\n. . .\n\n::: notes\nx\n:::\n',
    'pause-before-notes',
    [5, 1],
  ],
  ['a heading in a div', '::: {.x}\n\n## A\n\n## B\n\n:::\n', 'slide-in-div', [3, 1]],
  ['an unknown demo', '## A\n\n::: {.demo name="djngo"}\n:::\n', 'unknown-demo', [3, 18]],
  ['an unknown view', '## A\n\n::: {.demo name="django" views="app logs"}\n:::\n', 'unknown-view', [3, 37]],
  ['an unknown step', '## A\n\n::: {.demo name="django" steps="biuld"}\n:::\n', 'unknown-step', [3, 33]],
  ['a demo without a name', '## A\n\n::: {.demo views="app"}\n:::\n', 'demo-without-name', [3, 1]],
  ['a formula that is none', '## A\n\n$\\nonsense{$\n', 'bad-math', [3, 1]],
  ['YAML that does not parse', '---\ntitle: [a\n---\n\n## A\n', 'bad-yaml', [3, 1]],
  ['YAML that is no mapping', '---\njust text\n---\n\n## A\n', 'yaml-not-mapping', [1, 1]],
  ['a slide level that is none', '---\nslide-level: many\n---\n\n## A\n', 'bad-slide-level', [1, 1]],
];

describe('the linter finds', () => {
  for (const [what, markdown, code, [line, column]] of CASES) {
    test(`${what} (${code})`, () => {
      const found = lint(markdown).find((diagnostic) => diagnostic.code === code);
      expect(found, JSON.stringify(lint(markdown))).toMatchObject({ code, line, column });
      expect(found?.hint?.length).toBeGreaterThan(5);
    });
  }
});

test('a deck without problems has no diagnostics', () => {
  const deck =
    '# Part\n\n## A {#a}\n\n- x\n\n![chart](a.png)\n\n::: notes\nn\n:::\n\n## B\n\n[A](#a) `{.x y}` \\{.x y\\}\n';
  expect(lint(deck)).toEqual([]);
});

test('all problems come in one run, in the order of the lines', () => {
  const found = lint('##A\n\ntext\n- list\n\n:::\n\n![](x.png)\n');
  expect(found.map((diagnostic) => diagnostic.line)).toEqual([1, 1, 4, 6, 8].slice(-found.length));
  expect(new Set(found.map((diagnostic) => diagnostic.code)).size).toBeGreaterThanOrEqual(4);
});

describe('bad input gets a diagnostic, never an exception', () => {
  test('an empty deck', () => expect(lint('')).toMatchObject([{ code: 'empty-deck', line: 1 }]));
  test('only blank lines', () => expect(lint('\n \n\t\n')).toMatchObject([{ code: 'empty-deck' }]));
  test('only metadata without a title', () => {
    expect(lint('---\nlang: en\n---\n')).toMatchObject([{ code: 'empty-deck' }]);
  });
  test('50 MB', () => expect(lint('a '.repeat(25_000_000))).toMatchObject([{ code: 'too-big' }]));
  test('10,000 nested quotes', () => {
    const found = lint(`## A\n\n${'> '.repeat(10_000)}deep\n`);
    expect(found).toMatchObject([{ code: 'too-deep', severity: 'error', line: 3 }]);
  });
  test('10,000 open divs', () => {
    expect(lint('::: a\n'.repeat(10_000)).map((diagnostic) => diagnostic.code)).toContain('too-deep');
  });
});

test.each(WITHOUT_EFFECT)(
  'the variable %s of pandoc has no effect, and that is said with its line',
  (name) => {
    expect(lint(`---\ntitle: T\n${name}: x\n---\n\n## A\n`)).toMatchObject([
      { code: 'variable-without-effect', severity: 'warning', line: 3 },
    ]);
  },
);
