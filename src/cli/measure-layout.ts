import type { Deck } from '../deck/deck.ts';
import type { OverflowReport } from './check.ts';
import type { DeckPath } from './deck-path.ts';
import { withPrintPage } from './print-page.ts';

/** Slides whose content is higher than the page, as the browser lays them out. */
export async function measureLayout(path: DeckPath, version: string, deck: Deck): Promise<OverflowReport[]> {
  const printed = await withPrintPage(path, version, ({ report }) => Promise.resolve(report.slides));
  return printed.flatMap(({ number, overflow }) => {
    const slide = deck.slides[number - 1];
    return overflow > 0 && slide !== undefined ? [{ h: slide.h, v: slide.v, pixels: overflow }] : [];
  });
}
