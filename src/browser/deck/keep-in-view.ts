import type { RevealApi } from 'reveal.js';
import { fitHeight } from './fit-height.ts';
import { fitTables } from './fit-width.ts';
import { lightLines, scrollToLit } from './line-steps.ts';

/**
 * Keeps the slide that shows readable: its lit lines in step and scrolled to, its tables as wide as it is, and, where it asks for
 * that, itself as high as the screen. Returns what is to be called when slides have changed.
 */
export function keepInView(deck: RevealApi): () => void {
  const look = () => {
    const slide = deck.getCurrentSlide();
    fitTables(slide);
    fitHeight(slide);
    lightLines(slide);
    scrollToLit(slide);
  };
  for (const event of ['slidechanged', 'fragmentshown', 'fragmenthidden']) deck.on(event, look);
  look();
  // Letters that come late are of another width, pictures of another height. A picture's event doesn't bubble.
  void document.fonts.ready.then(look);
  deck.getSlidesElement()?.addEventListener('load', look, { capture: true });
  return look;
}
