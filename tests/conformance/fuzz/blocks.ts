import { attributes, line, words } from './inlines.ts';
import type { Random } from './random.ts';
import { table } from './tables.ts';

/**
 * Blocks as authors of talks write them: with their habits of indentation, and with the blank lines that they forget.
 * Not here, because nobody writes it: a heading with seven `#` (pandoc makes a paragraph with a class of it).
 */

type Make = (random: Random, depth: number) => string;

function paragraph(random: Random): string {
  const ends = [
    [12, ''],
    [1, '  '],
    [1, '\\'],
    [1, ' '],
    [0.5, '<br>'],
  ] as const satisfies readonly [number, string][];
  const lines = random.several(
    1,
    random.weighted([
      [6, 1],
      [3, 2],
      [1, 4],
    ]),
    () => line(random),
  );
  return lines
    .map((text, index) => (index < lines.length - 1 ? text + random.weighted([...ends]) : text))
    .join('\n');
}

function indent(text: string, by: string): string {
  return text
    .split('\n')
    .map((row) => (row === '' ? '' : by + row))
    .join('\n');
}

const NUMBERS = ['1.', '2.', '#.', '1)', '(1)', 'a.', 'a)', 'i.', 'A.', '(@)', '(@x)', '5.', 'iv)'] as const;

function list(random: Random, depth: number): string {
  const bullet = random.weighted([
    [8, '-'],
    [5, '*'],
    [2, '+'],
  ] as [[number, string], ...[number, string][]]);
  const isOrdered = random.chance(0.25);
  const first = random.chance(0.7) ? '1.' : random.pick(NUMBERS);
  const gap = random.weighted([
    [12, ' '],
    [2, '   '],
    [1, '  '],
    [0.5, '\t'],
    [0.2, '     '],
  ] as [[number, string], ...[number, string][]]);
  const isLoose = random.chance(0.2);
  const step = random.weighted([
    [5, '  '],
    [6, '    '],
    [1, '   '],
    [1, '\t'],
    [0.5, ' '],
  ] as [[number, string], ...[number, string][]]);
  const items = random.several(1, 4, (index) => {
    const mark = isOrdered ? (first === '1.' ? `${index + 1}.` : first) : bullet;
    return `${mark}${gap}${item(random, depth, step)}`;
  });
  return items.join(isLoose || random.chance(0.03) ? '\n\n' : '\n');
}

function item(random: Random, depth: number, step: string): string {
  let text = random.chance(0.06)
    ? random.pick(['[ ] ', '[x] ', '']) + line(random, 1, 2)
    : line(random, 1, 3);
  if (random.chance(0.12)) text += `\n${random.chance(0.6) ? step : ''}${line(random, 1, 2)}`;
  if (depth <= 0) return text;
  if (random.chance(0.25)) text += `\n${indent(list(random, depth - 1), step)}`;
  if (random.chance(0.05)) text += `\n\n${indent(paragraph(random), step)}`;
  if (random.chance(0.04)) text += `\n${random.pick(['', '\n'])}${indent(fence(random), step)}`;
  if (random.chance(0.02)) text += `\n\n${indent(block(random, depth - 1), step)}`;
  return text;
}

const CODE = [
  'x = 1',
  'def f(a):\n    return a',
  '$ docker run -it x',
  '# comment\n\n- no list',
  '<p class="a">&amp;</p>',
  'FROM python:3\nRUN a && b',
  '{"a": [1, 2]}',
  'a   b\t c',
  '---',
  '::: x',
  '',
] as const;
const INFO = [
  '',
  '',
  'python',
  'bash',
  ' python',
  '{.python}',
  ' {.bash .numberLines}',
  '{.python data-line-numbers="1|2"}',
  'js',
  'C++',
  'text',
  '{.numberLines startFrom="3"}',
  ' {#id .sql}',
  '{.yaml .small}',
  'dockerfile',
  'python {.numberLines}',
  '{=html}',
  '{=latex}',
  '{.foo}',
  '.python',
  'html',
  '{style="font-size: 50%"}',
  '{python}',
  '{.r echo=FALSE}',
] as const;

function fence(random: Random): string {
  const mark = random.weighted([
    [10, '```'],
    [2, '~~~'],
    [1, '````'],
    [0.5, '~~~~~~'],
  ] as [[number, string], ...[number, string][]]);
  const end = random.chance(0.98) ? mark : '';
  return `${mark}${random.pick(INFO)}\n${random.several(1, 2, () => random.pick(CODE)).join('\n')}\n${end}`;
}

const CLASSES = [
  '{.fragment}',
  '{.columns}',
  '{.column width=40%}',
  '{.column width="50%"}',
  'notes',
  '{.notes}',
  'incremental',
  '{.incremental}',
  '{.nonincremental}',
  '{#x .box}',
  '{.box style="color: red"}',
  'box',
  '{.fragment .fade-up data-fragment-index="1"}',
  '{.r-stack}',
  '{.absolute top=10 left="20"}',
  '{.center}',
  '{layout="[1,2]"}',
  '{.figure .a}',
] as const;

function div(random: Random, depth: number): string {
  const colons = ':'.repeat(3 + depth);
  const gap = random.weighted([
    [10, ''],
    [3, '\n'],
  ] as [[number, string], ...[number, string][]]);
  const name = random.pick(CLASSES);
  return `${colons} ${name}\n${gap}${blocks(random, depth - 1, 1, 2)}\n${gap}${colons}`;
}

function columns(random: Random, depth: number): string {
  const inner = random.several(
    2,
    2,
    () =>
      `::: {.column width="${random.pick(['50', '40', '60'])}%"}\n${blocks(random, depth - 1, 1, 2)}\n:::`,
  );
  const join = random.pick(['\n\n', '\n']);
  const pause = random.chance(0.1) ? '\n\n. . .\n\n' : join;
  return `:::: ${random.pick(['columns', '{.columns}'])}\n${inner.join(pause)}\n::::`;
}

function html(random: Random, depth: number): string {
  const name = random.pick([
    'div',
    'div',
    'div',
    'section',
    'center',
    'aside class="notes"',
    'blockquote',
    'figure',
    'p',
    'details',
    'table',
    'ul',
    'small',
    'span class="a"',
    'h3',
    'div class="notes"',
    'aside',
    'article',
  ]);
  const attribute = name.includes('"')
    ? ''
    : random.pick([
        '',
        ' class="a b"',
        ' style="width: 50%; float: left"',
        " id='x'",
        ' align=center',
        ' data-x="1" hidden',
      ]);
  const gap = random.pick(['\n', '\n\n', '\n', '']);
  const inner = random.chance(0.7) ? blocks(random, depth - 1, 1, 2) : line(random);
  const text =
    random.chance(0.2) && gap.startsWith('\n') ? indent(inner, random.pick(['  ', '    '])) : inner;
  return `<${name}${attribute}>${gap}${text}${gap}</${name.split(' ')[0]}>`;
}

const RAW = [
  '<video src="a.mp4" controls></video>',
  '<iframe src="https://example.org" width="100%" height="400"></iframe>',
  '<img src="a.png" style="height: 3em">',
  '<img src="a.png" />\n<img src="b.png" />',
  '<!-- a comment -->',
  '<!--\nmany\n\nlines -->',
  '<style>\n.a { color: red; }\n\n.b > c {}\n</style>',
  '<script>\nif (a < b) { c("</p>"); }\n</script>',
  '<pre>\na *b*\n\n  c\n</pre>',
  '<hr>',
  '<br>',
  '<br/><br/>',
  '<video controls>\n  <source data-src="a.mp4" type="video/mp4">\n</video>',
  '<p align="center"><img src="a.png"></p>',
  '<svg width="10"><circle r="1"/></svg>',
  '<table><tr><td>a *b*</td></tr></table>',
  '<ul>\n<li>a *b*</li>\n<li>c</li>\n</ul>',
  '<p>',
  '</div>',
  '<div style="clear: both"></div>',
  '<a name="x"></a>',
  '<center>**a**</center>',
  '<h4>b *c*</h4>',
  '<p class="fragment">a *b*</p>',
  '<small>a *b*</small>',
  '<li>x',
  '<details><summary>a</summary>\n\nb\n\n</details>',
  '<audio src="a.mp3" data-autoplay></audio>',
  '<b>a</b>',
  '<font color="red">a *b*</font>',
  '<div>a</div> <div>b</div>',
  '<aside class="notes">a *b*</aside>',
  '<aside class="notes">\n  - a\n  - b\n</aside>',
] as const;
const TEX = [
  '\\newpage',
  '\\begin{center}\nx\n\\end{center}',
  '\\begin{align}\na &= b\n\\end{align}',
  '\\vspace{1em}',
  '\\pause',
  '$$\nx = y\n$$',
  '$$x$$',
  '$$\na\n\nb\n$$',
  '\\begin{equation*}\nx\n\\end{equation*}',
  '\\newcommand{\\R}{\\mathbb{R}}',
  '$$ x $$ text',
  '\\footnotesize\n\ntext',
  '\\[x\\]',
  '\\begin{tabular}{l}\na \\\\\n\\end{tabular}',
  '\\centering\n![](a.png)',
  '\\bigskip\n\n    code',
] as const;

const BLOCKS: [[number, Make], ...[number, Make][]] = [
  [22, (r) => paragraph(r)],
  [22, (r, d) => list(r, d)],
  [8, (r) => fence(r)],
  [6, (r, d) => div(r, d)],
  [3, (r, d) => columns(r, d)],
  [5, (r, d) => `::: ${r.pick(['notes', '{.notes}'])}\n${blocks(r, d - 1, 1, 2)}\n:::`],
  [5, (r, d) => html(r, d)],
  [5, (r) => r.pick(RAW)],
  [3, (r) => r.pick(TEX)],
  [4, (r, d) => quote(r, d)],
  [
    4,
    (r) =>
      `![${r.chance(0.6) ? line(r, 1, 1) : ''}](${r.pick(['a.png', 'b c.svg', 'd.mp4'])})${r.chance(0.4) ? attributes(r) : ''}${r.chance(0.1) ? '\\' : ''}`,
  ],
  [4, (r) => table(r)],
  [3, () => '. . .'],
  [1.5, (r) => indent(r.pick(CODE), '    ')],
  [2, (r) => `### ${line(r, 1, 2)}${r.chance(0.2) ? ` ${attributes(r)}` : ''}`],
  [2, (r, d) => definitions(r, d)],
  [1, (r) => r.several(1, 3, () => `| ${r.pick(['', '  '])}${line(r, 1, 2)}`).join('\n')],
  [1.5, (r, d) => `::: incremental\n\n${list(r, d - 1)}\n\n:::`],
  [1, (r) => `[^1]: ${line(r)}${r.chance(0.2) ? `\n\n    ${line(r)}` : ''}`],
  [
    1,
    (r) => r.pick(['[ref]: https://example.org', '[Ref 2]: <b.html> "T"', "[x]: c 'T'", '[1]: d\n    "T"']),
  ],
  [0.7, (r) => r.pick(['- - -', '* * *', '---', '***', '___'])],
  [
    0.3,
    (r) =>
      r.pick([
        '#hashtag',
        '#. x',
        '# ',
        '##x',
        'Setext\n------',
        '1986\\. A year.',
        '-',
        '*',
        '>',
        '+ a',
        '|',
        ':::',
        '::: ',
        '@x',
        '![',
        ':   x',
        '~~~',
      ]),
  ],
];

function quote(random: Random, depth: number): string {
  const inner = random.chance(0.3) ? list(random, depth - 1) : blocks(random, depth - 1, 1, 2);
  const rows = inner.split('\n');
  const mark = random.chance(0.85) ? '> ' : random.pick(['>', ' > ', '>  ']);
  return rows
    .map((row, index) => (index > 0 && row !== '' && random.chance(0.06) ? row : (mark + row).trimEnd()))
    .join('\n');
}

function definitions(random: Random, depth: number): string {
  return random
    .several(1, 2, () => {
      const gap = random.pick(['\n', '\n', '\n\n']);
      const bodies = random.several(
        1,
        2,
        () => `${random.pick([':   ', ': ', '~ ', ':  '])}${line(random, 1, 2)}`,
      );
      const more = random.chance(0.2) && depth > 0 ? `\n\n${indent(block(random, 0), '    ')}` : '';
      return `${words(random, 1, 2)}${gap}${bodies.join(random.pick(['\n', '\n\n']))}${more}`;
    })
    .join('\n\n');
}

function block(random: Random, depth: number): string {
  const text = random.weighted(BLOCKS)(random, Math.max(depth, 0));
  return random.chance(0.02) ? indent(text, random.pick([' ', '  ', '   '])) : text;
}

/** Several blocks, mostly with a blank line between them. */
export function blocks(random: Random, depth: number, from: number, to: number): string {
  if (depth < 0) return paragraph(random);
  const parts = random.several(from, to, () => block(random, depth));
  const gap = () =>
    random.weighted([
      [30, '\n\n'],
      [2, '\n'],
      [2, '\n\n\n'],
      [0.7, '\n  \n'],
    ]);
  return parts.map((part, index) => (index === 0 ? part : gap() + part)).join('');
}
