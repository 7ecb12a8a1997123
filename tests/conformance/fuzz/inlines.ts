import type { Random } from './random.ts';

/** Text as authors of talks write it: words, and markup in, beside and around them. */

const WORDS = (
  'the a data model layer image container build fast slow we you it is are was not and or but with for from to in on ' +
  'Docker Python Linux Rust GPU API JSON HTTP café naïve Größe 数据 слово network kernel results method figure table ' +
  'cost time risk value user code test deploy 2019 3 42 10% 3.14 v1.2.3 1,000 $5 $20M C++ C# F# .NET node.js AT&T R&D ' +
  "don't it's we're users' 'em 90s '90s rock'n'roll e.g. i.e. etc. vs. Dr. Mr. Fig. No. p. U.S. A/B I/O and/or x=1 a_b_c " +
  'snake_case_name __init__ *args **kwargs foo() bar[0] f(x) <T> List<int> a<b a>b -> => <- >= != & && | || @home ' +
  'user@example.org https://example.org/a_b http://example.org?a=1&b=2 www.example.org #hashtag #1 C:\\dir 50/50 ~/home ' +
  '~10 ^ 2^10 (see) (a) [sic] {x} "so" ... -- --- … – — “quoted” ‘single’ 🎉 :smile: :-) ✓ → α ≤ 5€ ½ 1st 2nd 24/7 ' +
  'one-two well-known state-of-the-art semi; colon: comma, bang! what? end.'
).split(' ') as [string, ...string[]];
const PLAIN = (
  'the a data model layer image container build fast slow we you it is are not and or but with for from to in on ' +
  'Docker Python Linux network kernel results method cost time value user code test deploy one two three'
).split(' ') as [string, ...string[]];

export function words(random: Random, from = 1, to = 4): string {
  return random.several(from, to, () => random.pick(random.chance(0.25) ? WORDS : PLAIN)).join(' ');
}

function plain(random: Random, from = 1, to = 3): string {
  return random.several(from, to, () => random.pick(PLAIN)).join(' ');
}

const URLS = [
  'https://example.org',
  'https://example.org/a_b/c-d?x=1&y=2#top',
  'http://example.org/wiki/A_(b)',
  'page.html',
  '#a-slide',
  'img/a b.png',
  'https://example.org/~me/',
  'mailto:me@example.org',
] as const;
const PICTURES = [
  'a.png',
  'img/b-c.jpg',
  'https://example.org/d.svg',
  'e.gif',
  'f_g.png',
  'film.mp4',
  '../h.jpeg',
] as const;
const ATTRIBUTES = [
  '{.red}',
  '{#id-1}',
  '{width=50%}',
  '{width=300px height=200}',
  '{.fragment .fade-in}',
  '{style="color: red"}',
  '{ .a  #b key="v w" }',
  '{.small data-x=1}',
  "{title='x'}",
  '{target="_blank"}',
  '{.fragment data-fragment-index=1}',
] as const;

export function attributes(random: Random): string {
  return random.pick(ATTRIBUTES);
}

type Make = (random: Random, depth: number) => string;

const INLINES: [[number, Make], ...[number, Make][]] = [
  [8, (r, d) => `**${inlines(r, d, 1, 2)}**`],
  [6, (r, d) => `*${inlines(r, d, 1, 2)}*`],
  [3, (r, d) => `_${inlines(r, d, 1, 2)}_`],
  [1, (r, d) => `__${inlines(r, d, 1, 2)}__`],
  [1, (r, d) => `***${inlines(r, d, 1, 1)}***`],
  [1, (r) => `**${plain(r)}:**`],
  [1, (r) => `**${plain(r)}** :`],
  [1, (r) => `${plain(r, 1, 1)}**${plain(r, 1, 1)}**${plain(r, 1, 1)}`],
  [1, (r) => `*${plain(r, 1, 1)}*${r.pick(['s', "'s", '.', ',', '-x', ')', '"', '—'])}`],
  [
    8,
    (r) =>
      `\`${r.pick(['x', 'a b', 'docker run -it', '<div>', '$x', '**a**', 'a_b', '"q"', 'x | y', '--flag'])}\``,
  ],
  [1, (r) => `\`\`${r.pick(['a ` b', ' `x` ', 'y'])}\`\``],
  [1, (r) => `\`x\`{.${r.pick(['python', 'bash', 'foo'])}}`],
  [8, (r, d) => `[${inlines(r, d, 1, 2)}](${r.pick(URLS)})`],
  [1, (r) => `[${plain(r)}](${r.pick(URLS)} "${plain(r)}")`],
  [1, (r) => `[${plain(r)}](${r.pick(URLS)})${attributes(r)}`],
  [1, (r) => `[${plain(r)}](<${r.pick(URLS)}>)`],
  [2, (r) => `<https://example.org/${r.pick(['', 'a_b', 'a?b=c&d'])}>`],
  [2, (r) => `[${plain(r)}][${r.pick(['ref', 'Ref 2', 'none'])}]`],
  [1, (r) => `[${r.pick(['ref', 'Ref 2', 'none', '1', 'x', ' ', 'A slide'])}]`],
  [1, (r) => `[${plain(r)} [${plain(r)}](${r.pick(URLS)}) ${plain(r)}]`],
  [
    5,
    (r, d) =>
      `![${r.chance(0.5) ? '' : inlines(r, d, 1, 1)}](${r.pick(PICTURES)})${r.chance(0.4) ? attributes(r) : ''}`,
  ],
  [1, (r) => `[![${plain(r)}](${r.pick(PICTURES)})](${r.pick(URLS)})`],
  [
    3,
    (r) =>
      `$${r.pick(['x', 'x^2', 'a_1 + b', '\\alpha', '\\frac{1}{2}', 'O(n \\log n)', '\\text{if } x > 0', 'x < y'])}$`,
  ],
  [1, (r) => r.pick(['$5 and $10', '$$x$$', '$ x $', '$x $', 'a$b$c', '\\$5', '$\\$$'])],
  [3, (r, d) => `[${inlines(r, d, 1, 2)}]${attributes(r)}`],
  [3, (r) => r.pick(['<br>', '<br/>', '<br />', '<BR>'])],
  [
    3,
    (r, d) =>
      `<span ${r.pick(['class="a"', 'style="color:red"', 'class="fragment"', "id='s'"])}>${inlines(r, d, 1, 2)}</span>`,
  ],
  [2, (r, d) => tagged(r, d)],
  [1, () => '<!-- a comment -->'],
  [1, (r) => `<img src="${r.pick(PICTURES)}"${r.pick(['', ' width="50%"', ' alt="x" /', ' height=40'])}>`],
  [1, (r) => `<a href="${r.pick(URLS)}">${plain(r)}</a>`],
  [2, (r) => `^[${plain(r)}]`],
  [1, () => '[^1]'],
  [
    2,
    (r) =>
      r.pick([
        '@knuth',
        '[@knuth]',
        '[see @knuth, p. 3; @lamport]',
        '@knuth [p. 3]',
        '@user_name',
        '[-@knuth]',
      ]),
  ],
  [
    2,
    (r) =>
      r.pick([
        '\\*',
        '\\_',
        '\\#',
        '\\@',
        '\\[x\\]',
        '\\\\',
        '\\ ',
        '\\-',
        '\\"',
        '\\&',
        '\\~',
        '\\`',
        '\\<',
      ]),
  ],
  [
    2,
    (r) =>
      r.pick([
        '&nbsp;',
        '&amp;',
        '&lt;b&gt;',
        '&mdash;',
        '&#8217;',
        '&copy;',
        '&foo;',
        '&rarr;',
        '&#x1F600;',
      ]),
  ],
  [1, (r) => r.pick(['H~2~O', 'x^2^', 'a~b c~', '10^-3^', '~5 to ~10', '^a', 'e^x+y^', 'x~i~^2^'])],
  [1, (r, d) => `~~${inlines(r, d, 1, 2)}~~`],
  [5, (r, d) => `"${inlines(r, d, 1, 2)}"`],
  [3, (r, d) => `'${inlines(r, d, 1, 2)}'`],
  [2, (r, d) => `(${inlines(r, d, 1, 2)})`],
  [
    1,
    (r) =>
      r.pick([
        '"a',
        'a"',
        "'a",
        "a'",
        '5" 6\'',
        '"',
        "'",
        '("a")',
        '"a"-"b"',
        '"\'a\' b"',
        '**"a"**',
        '"*a*"',
        '"`a`"',
      ]),
  ],
  [
    1,
    (r) =>
      r.pick([
        '*',
        '**',
        '_',
        '* a *',
        '**a',
        'a*',
        '*a',
        '_a',
        'a * b',
        '2*3*4',
        '**a*',
        '*a**',
        '`',
        '``',
        '[',
        ']',
        '<',
        '$',
      ]),
  ],
  [
    1,
    (r) =>
      r.pick(['\\LaTeX', '\\textbf{x}', '\\alert{y}', '\\vspace{1em}', '\\cite{a}', '\\LaTeX{}', '\\small']),
  ],
];

function tagged(random: Random, depth: number): string {
  const name = random.pick([
    'b',
    'i',
    'u',
    'small',
    'kbd',
    'sup',
    'sub',
    'code',
    'strong',
    'em',
    'font',
    'big',
    's',
    'mark',
    'q',
    'button',
    'center',
  ]);
  return `<${name}>${inlines(random, depth, 1, 2)}</${name}>`;
}

/** A few pieces of text, with markup among them. */
export function inlines(random: Random, depth: number, from = 1, to = 5): string {
  const pieces = random.several(from, to, () => {
    if (depth <= 0 || random.chance(0.55)) return words(random);
    return random.weighted(INLINES)(random, depth - 1);
  });
  return pieces.reduce(
    (text, piece) => text + (random.chance(0.92) ? ' ' : random.pick(['', '  ', ', ', '. ', ': '])) + piece,
  );
}

/** A line of text. */
export function line(random: Random, from = 1, to = 4): string {
  return inlines(random, 2, from, to).replaceAll('\n', ' ');
}
