import type { Deck } from '../deck/deck.ts';
import type { TooWide } from '../stage/print-report.ts';
import type { DeckPath } from '../talk/deck/deck-path.ts';
import { withPrintPage } from './print-page.ts';

/** A slide that doesn't fit on its page, as a browser measured it. */
export interface LayoutReport {
  /** The slide's position as reveal.js counts it. */
  h: number;
  v: number;
  /** How many CSS pixels stand out below the page. */
  below: number;
  /** How many stand out to the right. */
  beside: number;
  tooWide: readonly TooWide[];
  missingGlyphs: readonly string[];
}

/** Slides that don't fit on their page, or that lack letters, as the browser lays them out. */
export async function measureLayout(path: DeckPath, version: string, deck: Deck): Promise<LayoutReport[]> {
  const printed = await withPrintPage(path, version, ({ report }) => Promise.resolve(report.slides));
  return printed.flatMap(({ number, overflow, overflowX, tooWide, missingGlyphs }) => {
    const slide = deck.slides[number - 1];
    if (slide === undefined) return [];
    return [{ h: slide.h, v: slide.v, below: overflow, beside: overflowX, tooWide, missingGlyphs }];
  });
}
