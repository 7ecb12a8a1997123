import { createRequire } from 'node:module';

import { compileDeck } from '../src/deck/compile.ts';

/**
 * How fast a deck compiles: 500 and 2,000 slides (heading, list, code block, link, notes) beside pandoc 3.10, and
 * beside Marp's core where DECKHAND_MARP names a folder that `npm install @marp-team/marp-core` was run in.
 * pandoc runs as WebAssembly here, which is slower than its native program; the table says so.
 */
interface Compiler {
  name: string;
  compile: (markdown: string) => unknown;
}

function slide(number: number): string {
  return `## Slide ${number}: what *it* says

- First point, with "quotes" and \`code\`
- Second point -- see [the page](https://example.org/${number})
    - A nested one
- Third point

\`\`\`python
def f_${number}(x):
    return x * ${number}  # a comment
\`\`\`

::: notes
Say it slowly, and don't forget **number ${number}**.
:::
`;
}

function makeDeck(count: number): string {
  return Array.from({ length: count }, (_, index) => slide(index + 1)).join('\n');
}

async function loadPandoc(): Promise<Compiler> {
  const name = 'pandoc-wasm';
  const { convert } = (await import(name)) as {
    convert: (options: object, stdin: string, files: object) => Promise<unknown>;
  };
  const options = { from: 'markdown', to: 'revealjs', 'slide-level': 2, wrap: 'none' };
  return { name: 'pandoc 3.10 (wasm)', compile: (markdown) => convert(options, markdown, {}) };
}

function loadMarp(): Compiler[] {
  const folder = process.env['DECKHAND_MARP'];
  if (folder === undefined) return [];
  const load = createRequire(`${folder}/package.json`);
  const { Marp } = load('@marp-team/marp-core') as {
    Marp: new () => { render: (markdown: string) => unknown };
  };
  return [{ name: 'marp-core', compile: (markdown) => new Marp().render(markdown) }];
}

/** Milliseconds of the fastest of several runs: what the machine can do when nobody else disturbs it. */
async function measure(compiler: Compiler, markdown: string, runs: number): Promise<number> {
  let best = Infinity;
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    await compiler.compile(markdown);
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

const compilers: Compiler[] = [
  { name: 'deckhand', compile: (markdown) => compileDeck(markdown) },
  await loadPandoc(),
  ...loadMarp(),
];
const small = makeDeck(500);
const large = makeDeck(2000);
process.stdout.write(
  '| compiler | 500 slides | 2,000 slides | 2,000 : 500 | times deckhand |\n|---|--:|--:|--:|--:|\n',
);
let ours = 0;
for (const compiler of compilers) {
  await measure(compiler, small, 2);
  const first = await measure(compiler, small, 5);
  const second = await measure(compiler, large, 3);
  if (ours === 0) ours = second;
  const cells = [
    `${first.toFixed(0)} ms`,
    `${second.toFixed(0)} ms`,
    (second / first).toFixed(2),
    (second / ours).toFixed(1),
  ];
  process.stdout.write(`| ${compiler.name} | ${cells.join(' | ')} |\n`);
}
