import { expect, test } from 'vitest';

import { compileDeck } from '../../../../src/deck/compile.ts';

/** The TeX of each formula, as it was set. */
function formulas(text: string): string[] {
  const html = compileDeck(`## A\n\n${text}`).stacks.join('');
  return [...html.matchAll(/<annotation encoding="application\/x-tex">(.*?)<\/annotation>/gs)].map(
    ([, tex = '']) => tex.trim(),
  );
}

const problems = (text: string) => compileDeck(`## A\n\n${text}`).diagnostics.map(({ message }) => message);

test.each([
  ['\\newcommand{\\R}{\\mathbb{R}}\n\n$\\R^n$', '\\mathbb{R}^n'],
  ['\\newcommand\\R{\\mathbb R}\n\n$\\R$', '\\mathbb R'],
  ['\\newcommand{\\R}\n  {\\mathbb{R}}\n\n$\\R$', '\\mathbb{R}'],
  ['\\newcommand{\\f}[2][x]{f(#1, #2)}\n\n$\\f{y} \\f[a]{b}$', 'f(x, y) f(a, b)'],
  [
    '\\newcommand{\\v}[1]{\\mathbf #1}\n\n$\\v x_i \\v{ab} \\v\\alpha$',
    '\\mathbf x_i \\mathbf ab \\mathbf \\alpha',
  ],
  ['\\def\\g#1{g(#1)}\n\n$\\g3$', 'g(3)'],
  ['\\let\\h=\\alpha\n\n$\\h x$', '\\alpha x'],
  ['\\DeclareMathOperator*{\\argmax}{arg\\,max}\n\n$\\argmax_x$', '\\operatorname*{arg\\,max}_x'],
  ['\\newcommand{\\a}{1}\n\\newcommand{\\a}{2}\n\n$\\a$', '1'],
  ['\\newcommand{\\a}{1}\n\\renewcommand{\\a}{2}\n\n$\\a$', '2'],
  ['\\newcommand{\\a}{\\b}\n\\newcommand{\\b}{1}\n\n$\\a$', '1'],
  ['Text \\newcommand{\\a}{1} and $\\a$.', '1'],
  ['\\newcommand{\\a}{1}\n\n\\begin{align}\n\\a\n\\end{align}', '\\begin{align} 1\\end{align}'],
  ['\\newcommand{\\a}{1}\n\n$\\ab$', undefined],
  ['\\newcommand{\\a}{\\a}\n\n$\\a$', undefined],
])('%s is put into the formula', (text, tex) => {
  if (tex === undefined) {
    expect(problems(text)).toEqual([expect.stringContaining("KaTeX can't set this formula")]);
  } else {
    expect(problems(text)).toEqual([]);
    expect(
      formulas(text).map((formula) => formula.replaceAll('\n', ' ').replaceAll(' \\end', '\\end')),
    ).toEqual([tex]);
  }
});

test('a macro that a formula or the metadata defines holds in the formulas behind it', () => {
  expect(formulas('$$\\def\\x{1} \\x$$\n\n$\\x$')).toEqual(['1', '1']);

  const head = '---\nheader-includes:\n- \\newcommand{\\R}{\\mathbb{R}}\n---\n\n';
  const deck = compileDeck(`${head}## A\n\n$\\R$\n`);
  expect(deck.stacks.join('')).toContain('>\\mathbb{R}</annotation>');
  expect(deck.diagnostics).toEqual([]);
  expect(compileDeck(`${head.replace('\\newcommand', '<b> \\newcommand')}## A\n`).diagnostics).toHaveLength(
    1,
  );
});

test('chemistry is set, and a label does not show', () => {
  expect(problems('$\\ce{H2O}$ and $\\pu{1 kg}$ $$\\label{eq:a} x$$')).toEqual([]);
  const deck = compileDeck('## A\n\n$\\ce{H2O}$ $\\pu{1 kg}$ $$\\label{eq:a} x$$');
  const shown = deck.stacks.join('').replace(/<annotation[^]*?<\/annotation>/g, '');
  expect(shown).toContain('<mn>2</mn>');
  expect(shown).toMatch(/mathrm"[^>]*>kg</);
  expect(shown).not.toContain('eq:a');
});
