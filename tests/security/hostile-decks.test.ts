import { expect, test } from 'vitest';

import { compileDeck } from '../../src/deck/compile.ts';

/** Decks that are made to keep the compiler busy. Quadratic ways through them take many times as long as the bound. */
const SIZE = 60_000;
/** Of the processor, whatever else the machine does. A linear way takes a tenth of that. */
const MAX_SECONDS = 3;

const fill = (unit: string) => unit.repeat(Math.ceil(SIZE / unit.length));
const wrap = (before: string, after: string) => {
  const count = Math.floor(SIZE / (before.length + after.length));
  return before.repeat(count) + after.repeat(count);
};
const rows = (make: (index: number) => string, most = Infinity) => {
  const made: string[] = [];
  for (let length = 0; length < SIZE && made.length < most;) {
    const row = make(made.length);
    made.push(row);
    length += row.length;
  }
  return made.join('');
};
/** A name for a command: TeX allows no digits. */
const letters = (index: number) => String(index).replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)] ?? '');
const code = (language: string, unit: string) =>
  `\`\`\`${language}\n${fill(unit).slice(0, 49_000)}\n\`\`\`\n`;
const yaml = (text: string) => `---\n${text}\n---\n\n## A\n`;

const DECKS: Record<string, string> = {
  'nested bullets': rows((index) => `${' '.repeat(2 * index)}- a\n`),
  'nested numbers with blank lines': rows((index) => `${' '.repeat(3 * index)}1. a\n\n`),
  'bullets on one line': fill('- '),
  'numbers on one line': fill('1. '),
  'quotes on one line': fill('> '),
  'quotes and lists in each other': fill('> - '),
  'quotes one deeper on each line': rows((index) => `${'>'.repeat(index)} a\n`),
  'lazy lines': `> a\n${fill('b\n')}`,
  divs: fill('::: a\n'),
  'ends of divs': fill(':::\n'),
  'HTML divs': fill('<div>'),
  'HTML sections': fill('<section>\n'),
  'definitions in each other': `a\n${fill(': ')}`,
  'definitions that look like captions': fill('a\n\n: b\n--- ---\n'),
  spans: wrap('<span>', '</span>'),
  'spans in brackets': wrap('[', ']{.a}'),
  'emphasis in emphasis': fill('*a **b _c __d '),
  'emphasis that is closed': wrap('*a **b ', '** *'),
  'three stars': fill('***a '),
  brackets: fill('['),
  'brackets that are closed': wrap('[', ']'),
  links: wrap('[', '](x) '),
  'links without an end': fill('[a]('),
  'links with an open angle': fill('[a](<'),
  'titles without an end': fill('[a](b "'),
  pictures: fill('!['),
  'less-than signs': fill('<'),
  'attributes without an end': fill('<a b="'),
  'comments without an end': fill('<!--'),
  'comments without an end, on lines': fill('<!-- a\n\n'),
  'comments in items': fill('- <!--\n'),
  'items with comments over lines': `- a${fill(' <!-- b\n c -->')}`,
  'verbatim tags': fill('<pre>\n\n'),
  backticks: fill('`'),
  'backticks of growing length': rows((index) => `${'`'.repeat(index + 1)} `),
  'backticks of growing length on lines': rows((index) => `${'`'.repeat(index + 1)}a\n`),
  'open fences': fill('~~~ a\n\n'),
  'open fences under text': fill('a\n```` b\n'),
  dollars: fill('$'),
  'double dollars': fill('$$a'),
  'open formulas': fill('$a '),
  'text in formulas': fill('$\\text{'),
  'small formulas': rows((index) => `$x_{${index}}$ `, 3000),
  'superscripts and subscripts': fill('^a~b'),
  strikeouts: fill('~~a '),
  notes: fill('^['),
  'double quotes': fill('"a '),
  'single quotes': fill("'a "),
  'quotes in quotes': fill('"a \'b '),
  'pipe table of many columns': `${'|a'.repeat(SIZE / 4)}|\n${'|-'.repeat(SIZE / 4)}|\n`,
  'pipe cells with backticks': `|a|\n|-|\n|${rows((index) => `${'`'.repeat(index + 1)} `)}|\n`,
  'grid table of many columns': `${'+-'.repeat(SIZE / 6)}+\n${'|a'.repeat(SIZE / 6)}|\n${'+-'.repeat(SIZE / 6)}+\n`,
  'grid tables without an end': fill('+---+\n| a |\n\n'),
  'lines of dashes': fill('-----\n\n'),
  'multiline tables without an end': fill('-----\na b\n--- ---\nc d\n\n'),
  'tables without a head and an end': fill('---  ---\na b\n\n'),
  captions: fill('Table: a\n\n'),
  'footnotes in each other': `${rows((index) => `[^${index}]: a [^${index + 1}] [^${index}]\n\n`)}[^0]`,
  'one long footnote, used often': `[^1]: ${'big '.repeat(SIZE / 8)}\n\n${'x[^1] '.repeat(SIZE / 12)}`,
  'reference definitions': rows((index) => `[r${index}]: http://x.y/${index} {\n`),
  references: rows((index) => `[r${index}] [[s] `),
  'braces without an end': fill('[a]{.b '),
  'braces behind headings': fill('# a {\n'),
  'one group of braces': `[a]{${fill('.b ')}}`,
  entities: fill('&amp'),
  'one word': fill('a'),
  'one line': fill('ab cd '),
  'one paragraph': fill('ab cd\n'),
  spaces: `a${fill(' ')}b`,
  backslashes: fill('\\'),
  citations: fill('[@a; '),
  examples: rows((index) => `(@x${index}) a (@x${index + 1})\n`),
  'YAML brackets': yaml(`a: ${fill('[')}`),
  'YAML braces': yaml(`a: ${fill('{a: ')}`),
  'YAML blocks': yaml(rows((index) => `${' '.repeat(index)}a:\n`)),
  'YAML lists on a line': yaml(`a:\n  ${fill('- ')}`),
  'YAML keys on a line': yaml(fill('? ')),
  'YAML aliases': yaml(
    `a0: &a0 [x,x,x,x,x,x,x,x,x]\n${rows((index) => `a${index + 1}: &a${index + 1} [${`*a${index},`.repeat(9)}]\n`, 12)}title: x`,
  ),
  'a title of brackets': yaml(`title: "${fill('[').slice(0, 90_000)}"`),
  'TeX environments without an end': fill('\\begin{a}'),
  'TeX environments of many names': rows((index) => `\\begin{a${index}}\n`),
  'TeX environments in each other': wrap('\\begin{a}', '\\end{a}'),
  'TeX arguments without an end': fill('\\a{'),
  'TeX arguments in each other': `\\a${wrap('{', '}')}`,
  'TeX that defines itself': `\\newcommand{\\a}{\\a\\a}\n\n$\\def\\x{\\x\\x}\\x$ $\\a$\n`,
  'macros that double': `${rows((index) => `\\newcommand{\\${letters(index)}}{\\${letters(index + 1)}\\${letters(index + 1)}}\n`, 200)}\n${'$\\a$ '.repeat(1000)}`,
  'macros of many parameters': `\\def\\a#1{#1#1}\n\n${fill('$\\a{\\a{\\a{\\a{\\a{x}}}}}$ ')}`,
  'a long macro, used often': `\\def\\a{${'x'.repeat(3900)}}\n\n${'$\\a\\a\\a$ '.repeat(400)}`,
  'macros without an end': `${fill('\\newcommand{\\a}{').slice(0, 30_000)}\n\n${fill('$\\def\\x').slice(0, 30_000)}`,
  'formulas of braces': `$${'{'.repeat(9000)}${'}'.repeat(9000)}$ `.repeat(5),
  'formulas of roots': `$${'\\sqrt{'.repeat(2400)}${'}'.repeat(2400)}$ `.repeat(5),
  'formulas of exponents': `$${'a^{'.repeat(4000)}${'}'.repeat(4000)}$ `.repeat(5),
  'formulas of environments': `$${'\\begin{matrix}'.repeat(600)}${'\\end{matrix}'.repeat(600)}$ `.repeat(5),
  'code of one word': code('java', 'a'),
  'code of brackets': code('js', 'a('),
  'code of marks': code('markdown', '*a [b'),
  'code of quotes': code('bash', '$( "'),
  'code of tags': code('html', '<a b="'),
};

test.each(Object.entries(DECKS))('a deck of %s compiles in time', (_name, text) => {
  const before = process.cpuUsage();
  const deck = compileDeck(text);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1e6).toBeLessThan(MAX_SECONDS);
  expect(deck.stacks.length + deck.diagnostics.length).toBeGreaterThan(0);
});

test('what is nested too deeply is said, with its line, and the rest compiles', () => {
  const lists = compileDeck(`## A\n\n${rows((index) => `${' '.repeat(2 * index)}- a\n`, 200)}\n## B\n`);
  expect(lists.diagnostics.find(({ code }) => code === 'too-deep')?.line).toBeGreaterThan(60);
  expect(lists.stacks).toHaveLength(2);

  const metadata = compileDeck(`---\ntitle: x\na: ${'['.repeat(5000)}\n---\n\n## B\n`);
  expect(metadata.diagnostics).toMatchObject([{ code: 'bad-yaml', line: 3 }]);
  expect(metadata.stacks).toHaveLength(1);

  const formula = compileDeck(`## A\n\n$${'{'.repeat(5000)}${'}'.repeat(5000)}$\n\n## B\n`);
  expect(formula.diagnostics).toMatchObject([{ code: 'bad-math', line: 3 }]);
  expect(formula.stacks).toHaveLength(2);
});

test('a message about a deck holds no control characters of it', () => {
  const evil = '\u001b]0;owned\u0007\u001b[31m\u009b2J\u202e';
  const deck = compileDeck(
    `---\nduration: "${evil}"\na: b: ${evil}\n---\n\n## A {time="${evil}"}\n\n[a](#${evil}) [x][${evil}] ![](${evil}) [^${evil}]\n\n::: {.demo name="${evil}" steps="${evil}"}\n:::\n\n$\\foo${evil}$\n`,
    { demos: new Map() },
  );
  expect(deck.diagnostics.length).toBeGreaterThan(4);
  for (const { message, hint } of deck.diagnostics) {
    // oxlint-disable-next-line no-control-regex
    expect(message + hint).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
  }
});
