import type { RevealApi } from 'reveal.js';
import { fitTables } from './fit-width.ts';
import { lightLines, scrollToLit } from './line-steps.ts';

/**
 * Keeps the slide that shows readable: its lit lines in step and scrolled to, its tables as wide as it is. Returns what is to be
 * called when slides have changed.
 */
export function keepInView(deck: RevealApi): () => void {
  const look = () => {
    const slide = deck.getCurrentSlide();
    fitTables(slide);
    lightLines(slide);
    scrollToLit(slide);
  };
  for (const event of ['slidechanged', 'fragmentshown', 'fragmenthidden']) deck.on(event, look);
  look();
  // Letters that come late are of another width.
  void document.fonts.ready.then(look);
  return look;
}
