import { SLIDE, sheetOf, type PrintLayout } from '../../stage/print-layout.ts';
import { place, toSheet, type Sheets } from './sheet.ts';
import type { PrintSlide } from './slides.ts';

const MARGIN = 48;
const GAP = 28;
/** For the slide's number and title under it. */
const CAPTION = 26;

/** How many columns and rows of slides a sheet has; with three there are lines to write on beside each. */
const GRIDS = {
  2: { columns: 1, rows: 2 },
  3: { columns: 2, rows: 3 },
  4: { columns: 2, rows: 2 },
  6: { columns: 2, rows: 3 },
} as const;

/** Several slides on each sheet, numbered, to give to the audience. */
export function handoutSheets(
  slides: readonly PrintSlide[],
  layout: PrintLayout,
  container: HTMLElement,
): Sheets {
  const perSheet = layout.handout === 0 ? 2 : layout.handout;
  const { columns, rows } = GRIDS[perSheet];
  const sheet = sheetOf(layout);
  const width = (sheet.width - 2 * MARGIN - (columns - 1) * GAP) / columns;
  const height = (sheet.height - 2 * MARGIN - 20 - (rows - 1) * GAP) / rows;
  const scale = Math.min(width / SLIDE.width, (height - CAPTION) / SLIDE.height);
  const sheets: HTMLElement[] = [];
  container.replaceChildren();
  for (const [i, slide] of slides.entries()) {
    const at = i % perSheet;
    if (at === 0) {
      const next = toSheet('paper');
      sheets.push(next);
      container.append(next);
    }
    const onPage = sheets.at(-1) ?? container;
    const column = perSheet === 3 ? 0 : at % columns;
    const row = perSheet === 3 ? at : Math.floor(at / columns);
    const left = MARGIN + column * (width + GAP) + (width - SLIDE.width * scale) / 2;
    const top = MARGIN + row * (height + GAP);
    onPage.append(slide.box, toNumber(slide, left, top + SLIDE.height * scale));
    place(slide.box, scale, left, top);
    if (perSheet === 3) onPage.append(toLines(left + width + GAP, top, width, SLIDE.height * scale));
  }
  addPageNumbers(sheets);
  return { sheets, firstBoxes: slides.map(({ box }) => box) };
}

function toNumber({ shownNumber: number, title }: PrintSlide, left: number, top: number): HTMLElement {
  const caption = document.createElement('p');
  caption.className = 'handout-caption';
  caption.textContent = title === '' ? `${number}` : `${number}  ${title}`;
  Object.assign(caption.style, { left: `${left}px`, top: `${top}px` });
  return caption;
}

function toLines(left: number, top: number, width: number, height: number): HTMLElement {
  const lines = document.createElement('div');
  lines.className = 'handout-lines';
  Object.assign(lines.style, {
    left: `${left}px`,
    top: `${top}px`,
    width: `${width}px`,
    height: `${height}px`,
  });
  for (let line = 0; line < 6; line += 1) lines.append(document.createElement('div'));
  return lines;
}

function addPageNumbers(sheets: readonly HTMLElement[]): void {
  for (const [page, sheet] of sheets.entries()) {
    const foot = document.createElement('p');
    foot.className = 'sheet-caption';
    foot.textContent = `${document.title}  ${page + 1}/${sheets.length}`;
    sheet.append(foot);
  }
}
