import type { Block } from './ast.ts';
import type { Compilation } from './compilation.ts';
import type { Deck } from './deck.ts';
import { renderFootnotes } from './footnotes.ts';
import { fieldText, readTitleFields, renderTitleSlide } from './title-slide.ts';

type Output = Pick<Deck, 'title' | 'subtitle' | 'authors' | 'date' | 'lang' | 'stacks'> & {
  hasTitleSlide: boolean;
};

/** One string for each section that stands directly inside `.slides`. */
export function renderDeck(cx: Compilation, sections: Block[]): Output {
  const fields = readTitleFields(cx);
  const titleSlide = renderTitleSlide(cx, fields);
  const stacks = sections
    .map((section) => cx.renderBlocks([section]).trimEnd())
    .filter((html) => html !== '');
  const footnotes = renderFootnotes(cx);
  return {
    title: fieldText(fields.title),
    subtitle: fieldText(fields.subtitle),
    authors: fields.authors.map(fieldText),
    date: fieldText(fields.date),
    hasTitleSlide: titleSlide !== undefined,
    lang: typeof cx.facts.meta['lang'] === 'string' ? cx.facts.meta['lang'] : '',
    stacks: [
      ...(titleSlide === undefined ? [] : [titleSlide]),
      ...stacks,
      ...(footnotes === undefined ? [] : [footnotes]),
    ],
  };
}
