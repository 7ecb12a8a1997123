import type { Deck } from '../deck/deck.ts';
import type { LayoutReport } from './check.ts';
import type { DeckPath } from './deck-path.ts';
import { withPrintPage } from './print-page.ts';

/** Slides that don't fit on their page, or that lack letters, as the browser lays them out. */
export async function measureLayout(path: DeckPath, version: string, deck: Deck): Promise<LayoutReport[]> {
  const printed = await withPrintPage(path, version, ({ report }) => Promise.resolve(report.slides));
  return printed.flatMap(({ number, overflow, overflowX, tooWide, missingGlyphs }) => {
    const slide = deck.slides[number - 1];
    if (slide === undefined) return [];
    return [{ h: slide.h, v: slide.v, below: overflow, beside: overflowX, tooWide, missingGlyphs }];
  });
}
