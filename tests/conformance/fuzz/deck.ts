import { blocks } from './blocks.ts';
import { attributes, line, words } from './inlines.ts';
import type { Random } from './random.ts';
import { createRandom } from './random.ts';

/** A deck of the grammar, and the text of each of its slides. */
export interface FuzzDeck {
  text: string;
  slides: string[];
}

/** Few, so that a slide that swallows those behind it spoils few. */
const SLIDES = 3;

/** The same deck for the same seed. */
export function makeFuzzDeck(seed: number): FuzzDeck {
  const random = createRandom(seed);
  const front = random.chance(0.6) ? `${frontMatter(random)}\n\n` : '';
  const slides = Array.from({ length: SLIDES }, () => slide(random));
  const text = asWritten(random, front + slides.join('\n\n'));
  return { text, slides: [front, ...slides] };
}

function slide(random: Random): string {
  const heading = random.weighted([
    [14, (r: Random) => `## ${title(r)}`],
    [3, (r: Random) => `# ${title(r)}`],
    [1, () => '##'],
    [1.5, () => '---'],
    [0.5, (r: Random) => `${words(r)}\n${r.pick(['======', '-----'])}`],
  ])(random);
  return `${heading}\n${heading === '---' || random.chance(0.9) ? '\n' : ''}${blocks(random, 2, random.chance(0.1) ? 0 : 1, 3)}`;
}

const HEADER = [
  '{#id}',
  '{.center}',
  '{background-color="red"}',
  '{data-background-image="a.png" data-background-size=contain}',
  '{background="a.png" transition=zoom}',
  '{.unnumbered .unlisted}',
  '{-}',
  '{data-state="x"}',
  '{visibility=hidden}',
  '{auto-animate=true}',
  '{.center data-trim}',
] as const;

function title(random: Random): string {
  const text = random.chance(0.7) ? words(random, 1, 4) : line(random, 1, 2);
  const closing = random.chance(0.03) ? ' ##' : '';
  return `${text}${closing}${random.chance(0.2) ? ` ${random.chance(0.8) ? random.pick(HEADER) : attributes(random)}` : ''}`;
}

function frontMatter(random: Random): string {
  if (random.chance(0.15)) {
    return `% ${line(random, 1, 2)}\n% ${random.pick(['Ada', 'Ada; Grace', 'Ada\n  Grace', ''])}\n% ${random.pick(['2026', 'May 3, 2026', ''])}`;
  }
  const value = () =>
    random.weighted([
      [5, () => words(random, 1, 3).replaceAll(/[:#@%&*!|>{}[\]"'`,<\\-]/g, '')],
      [3, () => `"${line(random, 1, 2).replaceAll(/["\\]/g, '')}"`],
      [1, () => `'${words(random, 1, 3).replaceAll("'", '')}'`],
      [0.5, () => `|\n  ${words(random, 1, 3)}`],
      [0.5, () => `>\n  ${words(random, 1, 3)}\n  ${words(random, 1, 2)}`],
    ])();
  const fields = [
    `title: ${value()}`,
    ...(random.chance(0.3) ? [`subtitle: ${value()}`] : []),
    ...(random.chance(0.6)
      ? [random.pick([`author: ${value()}`, `author:\n- ${value()}\n- Grace`, 'author: [Ada, Grace]'])]
      : []),
    ...(random.chance(0.4)
      ? [`date: ${random.pick(['2026-11-26', '3. Oktober 2026', 'today', '2026'])}`]
      : []),
    ...(random.chance(0.3)
      ? [random.pick(['theme: white', 'revealjs-url: x', 'institute: X', 'lang: en', 'toc: false'])]
      : []),
  ];
  return `---\n${fields.join('\n')}\n${random.pick(['---', '...'])}`;
}

/** As editors save it. */
function asWritten(random: Random, text: string): string {
  let written = text;
  if (random.chance(0.1)) written = written.replaceAll('\n', '\r\n');
  if (random.chance(0.05)) written = `\ufeff${written}`;
  if (random.chance(0.1))
    written = written.replaceAll(/(?<=[a-z.])\n/g, () => (random.chance(0.1) ? ' \n' : '\n'));
  return random.chance(0.2) ? written : `${written}\n`;
}
