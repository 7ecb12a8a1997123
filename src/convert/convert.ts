import { takeFrontMatter } from './deck-parts.ts';
import { fromMarp } from './marp.ts';
import { fromRevealMd } from './reveal-md.ts';
import { fromSlidev } from './slidev.ts';
import { toPandoc } from './to-pandoc.ts';

const READERS = { marp: fromMarp, 'reveal-md': fromRevealMd, slidev: fromSlidev } as const;

/** Whose Markdown a deck is. Pandoc's stays as it is. */
export type Format = keyof typeof READERS | 'pandoc';
export const FORMATS: readonly Format[] = ['pandoc', 'marp', 'slidev', 'reveal-md'];

export interface Converted {
  /** In pandoc's Markdown. */
  text: string;
  /** What could not be taken over, in a sentence each. */
  report: string[];
  slides: number | undefined;
}

/** A deck of another tool in pandoc's Markdown. Pure; never throws on what a deck can hold. */
export function convertDeck(text: string, format: Format): Converted {
  if (format === 'pandoc') return { text, report: [], slides: undefined };
  const deck = READERS[format](text);
  return { text: toPandoc(deck), report: deck.report, slides: deck.slides.length };
}

/** Whose Markdown it looks like, by words that only one tool has. */
export function guessFormat(text: string): Format {
  const { fields } = takeFrontMatter(text);
  if (fields['marp'] === 'true' || /<!--\s*_?(?:class|paginate|backgroundColor|backgroundImage):/.test(text))
    return 'marp';
  if (/^::right::|<v-clicks?\b|^---\n(?:[a-z]\w*: .*\n)*layout: /m.test(text) || fields['mdc'] !== undefined)
    return 'slidev';
  if (/<!--\s*\.(?:slide|element):|^Notes?:/m.test(text) || fields['revealOptions'] !== undefined)
    return 'reveal-md';
  return 'pandoc';
}
