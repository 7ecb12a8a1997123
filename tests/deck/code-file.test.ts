import { expect, test } from 'vitest';
import { compileDeck } from '../../src/deck/compile.ts';
import { excerptOf } from '../../src/deck/code-file.ts';

const FILE = 'one\ntwo\nthree\nfour\n';
const fence = (attributes: string, text: string) =>
  `## A\n\n\`\`\`{.python ${attributes}}\n${text}\n\`\`\`\n`;
const compile = (deck: string, files: [string, string][] = [['app.py', FILE]]) => {
  const { stacks, diagnostics, codeFiles } = compileDeck(deck, { codeFiles: new Map(files) });
  const text = stacks.join('').replace(/<[^>]+>/g, '');
  return {
    text,
    codes: diagnostics.map(({ code, line }) => `${line} ${code}`),
    html: stacks.join(''),
    codeFiles,
  };
};

test('lines of a file are named one by one, from one to another, to the end, and several', () => {
  expect(excerptOf(FILE, '2')).toEqual({ text: 'two', first: 2 });
  expect(excerptOf(FILE, '2-3')).toEqual({ text: 'two\nthree', first: 2 });
  expect(excerptOf(FILE, '3-')).toEqual({ text: 'three\nfour', first: 3 });
  expect(excerptOf(FILE, '1, 4-9')).toEqual({ text: 'one\nfour', first: 1 });
  expect(excerptOf(FILE)).toEqual({ text: 'one\ntwo\nthree\nfour', first: 1 });
  for (const wrong of ['', '0', '3-2', '9', 'x', '1-2-3', '-2'])
    expect(excerptOf(FILE, wrong)).toBeUndefined();
});

test('a fence with file= shows that file, its own lines numbered as there', () => {
  const { text, codes, html, codeFiles } = compile(
    fence('.numberLines file="app.py" lines="2-3"', 'two\nthree'),
  );
  expect(text).toContain('two\nthree');
  expect(html).toContain('counter-reset: source-line 1');
  expect(codes).toEqual([]);
  expect(codeFiles).toEqual(['app.py']);
});

test('a fence that says something else shows the file, and check names the line where they differ', () => {
  const { text, codes } = compile(fence('file="app.py" lines="2-3"', 'two\n3'));
  expect(text).toContain('two\nthree');
  expect(codes).toEqual(['3 code-differs']);
});

test('a file that is not there, or without those lines, leaves what stands in the fence', () => {
  const missing = compile(fence('file="gone.py"', 'mine'));
  expect(missing.text).toContain('mine');
  expect(missing.codes).toEqual(['3 code-file-missing']);
  const short = compile(fence('file="app.py" lines="20-30"', 'mine'));
  expect(short.text).toContain('mine');
  expect(short.codes).toEqual(['3 code-lines-missing']);
});

test('without files, as in a compile that reads none, the fence counts and nothing is said', () => {
  const { stacks, diagnostics } = compileDeck(fence('file="app.py"', 'mine'));
  expect(stacks.join('')).toContain('mine');
  expect(diagnostics).toEqual([]);
});
