import type { Deck } from '../deck/deck.ts';
import type { OverflowReport } from './check.ts';
import type { DeckPath } from './deck-path.ts';
import { withPrintPage } from './print-page.ts';

/** Slides whose content is higher than the page, as the browser lays them out. */
export async function measureLayout(path: DeckPath, version: string, deck: Deck): Promise<OverflowReport[]> {
  const heights = await withPrintPage(path, version, ({ page }) =>
    page.$$eval('.pdf-page > section', (sections) =>
      sections.map((section) => section.scrollHeight - section.clientHeight),
    ),
  );
  return deck.slides.flatMap(({ h, v }, i) => {
    const pixels = heights[i] ?? 0;
    return pixels > 1 ? [{ h, v, pixels }] : [];
  });
}
