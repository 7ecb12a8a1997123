import { SLIDE } from '../../stage/print-layout.ts';
import type { Sheets } from './sheet.ts';
import type { PrintSlide } from './slides.ts';

const CELL = { width: 384, height: 216 };
/** A browser's picture may be 16,384 pixels high: more columns for long decks. */
const MAX_ROWS = 60;

/** All slides on one sheet, as a picture of the whole talk. */
export function contactSheet(slides: readonly PrintSlide[], container: HTMLElement): Sheets {
  const sheet = document.createElement('div');
  sheet.className = 'contact-sheet';
  const columns = Math.max(Math.min(5, slides.length), Math.ceil(slides.length / MAX_ROWS));
  sheet.style.gridTemplateColumns = `repeat(${columns}, ${CELL.width}px)`;
  container.replaceChildren(sheet);
  for (const { box, shownNumber } of slides) {
    const cell = document.createElement('figure');
    const caption = document.createElement('figcaption');
    caption.textContent = String(shownNumber);
    const frame = document.createElement('div');
    frame.className = 'contact-frame';
    frame.append(box);
    box.style.transform = `scale(${CELL.width / SLIDE.width})`;
    cell.append(frame, caption);
    sheet.append(cell);
  }
  return { sheets: [sheet], firstBoxes: slides.map(({ box }) => box) };
}
