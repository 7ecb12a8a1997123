import { SLIDE, sheetOf, type PrintLayout } from '../../stage/print-layout.ts';
import { scrollToLit } from '../deck/line-steps.ts';
import { contactSheet } from './contact-sheet.ts';
import { handoutSheets } from './handout.ts';
import { pourNotes } from './notes.ts';
import { place, toSheet, type Sheets } from './sheet.ts';
import type { PrintSlide } from './slides.ts';
import { showAllSteps, toSteps } from './steps.ts';

export interface Place {
  page: number;
  top: number;
}

/** Puts the slides on sheets: each becomes one page, of one size. */
export function layOutSheets(
  slides: readonly PrintSlide[],
  layout: PrintLayout,
): { pages: number; places: Place[] } {
  const size = sheetOf(layout);
  const { style } = document.documentElement;
  style.setProperty('--sheet-width', `${size.width}px`);
  style.setProperty('--sheet-height', `${size.height}px`);
  document.documentElement.classList.toggle('on-paper', layout.handout > 0 || layout.notes === 'below');
  setPageSize(size);
  const container = document.querySelector<HTMLElement>('.slides') ?? document.body;
  if (!layout.steps) for (const { section } of slides) showAllSteps(section);
  const { sheets, firstBoxes } = layOut(slides, layout, container);
  if (layout.steps) for (const sheet of sheets) scrollToLit(sheet);
  const pageOf = new Map(sheets.map((sheet, page) => [sheet, page]));
  const places = firstBoxes.map((box) => {
    const sheet = box.closest<HTMLElement>('.sheet');
    const top = box.getBoundingClientRect().top - (sheet?.getBoundingClientRect().top ?? 0);
    return { page: (sheet === null ? undefined : pageOf.get(sheet)) ?? 0, top: Math.max(0, top) };
  });
  return { pages: sheets.length, places };
}

function setPageSize({ width, height }: { width: number; height: number }): void {
  const style = document.createElement('style');
  style.textContent = `@page { size: ${width}px ${height}px; margin: 0; }`;
  document.head.append(style);
}

function layOut(slides: readonly PrintSlide[], layout: PrintLayout, container: HTMLElement): Sheets {
  if (layout.contactSheet) return contactSheet(slides, container);
  if (layout.handout > 0) return handoutSheets(slides, layout, container);
  const sheets: HTMLElement[] = [];
  const firstBoxes: HTMLElement[] = [];
  container.replaceChildren();
  const add = (sheet: HTMLElement) => {
    sheets.push(sheet);
    container.append(sheet);
    return sheet;
  };
  for (const slide of slides) {
    const boxes = layout.steps ? toSteps(slide.box) : [slide.box];
    if (boxes[0] !== undefined) firstBoxes.push(boxes[0]);
    if (layout.notes === 'below') {
      for (const box of boxes.slice(0, -1)) add(readingSheet(slide, box, layout));
      addWithNotes(slide, boxes.at(-1) ?? slide.box, layout, add);
    } else {
      for (const box of boxes) add(screenSheet(box, layout));
      if (layout.notes === 'pages' && slide.notes.length > 0) addNotesPages(slide, add);
    }
  }
  return { sheets, firstBoxes };
}

/** The slide fills the sheet; where their shapes differ, its background goes on to the edges. */
function screenSheet(box: HTMLElement, layout: PrintLayout): HTMLElement {
  const { width, height } = sheetOf(layout);
  const scale = Math.min(width / SLIDE.width, height / SLIDE.height);
  const sheet = toSheet('screen');
  sheet.append(...box.querySelectorAll(':scope > .slide-background'), box);
  if (scale !== 1 || width / height !== SLIDE.width / SLIDE.height) {
    place(box, scale, (width - SLIDE.width * scale) / 2, (height - SLIDE.height * scale) / 2);
  }
  return sheet;
}

const MARGIN = 56;

/** For reading: the slide on white paper, with room below. */
function readingSheet(slide: PrintSlide, box: HTMLElement, layout: PrintLayout): HTMLElement {
  const { width } = sheetOf(layout);
  const scale = (width - 2 * MARGIN) / SLIDE.width;
  const sheet = toSheet('paper');
  sheet.append(box, toCaption(slide.shownNumber, slide.title));
  place(box, scale, MARGIN, MARGIN);
  return sheet;
}

function addWithNotes(
  slide: PrintSlide,
  box: HTMLElement,
  layout: PrintLayout,
  add: (sheet: HTMLElement) => HTMLElement,
): void {
  const { width } = sheetOf(layout);
  const sheet = add(readingSheet(slide, box, layout));
  const top = MARGIN + ((width - 2 * MARGIN) / SLIDE.width) * SLIDE.height + 36;
  const room = toRoom(sheet, top);
  pourNotes(slide.notes, room, () => toRoom(add(continued(slide)), MARGIN + 40));
}

function addNotesPages(slide: PrintSlide, add: (sheet: HTMLElement) => HTMLElement): void {
  const next = () => toRoom(add(continued(slide)), MARGIN + 56);
  pourNotes(slide.notes, next(), next);
}

function continued({ shownNumber: number, title }: PrintSlide): HTMLElement {
  const sheet = toSheet('paper');
  const head = document.createElement('p');
  head.className = 'notes-head';
  head.textContent = `Notes on slide ${number}${title === '' ? '' : `: ${title}`}`;
  sheet.append(head, toCaption(number, title));
  return sheet;
}

function toRoom(sheet: HTMLElement, top: number): HTMLElement {
  const room = document.createElement('div');
  room.className = 'sheet-notes';
  room.style.top = `${top}px`;
  sheet.append(room);
  return room;
}

/** Which slide of the talk it is, at the sheet's foot; no part of the slide. */
function toCaption(number: number, title: string): HTMLElement {
  const caption = document.createElement('p');
  caption.className = 'sheet-caption';
  caption.textContent = title === '' ? `${number}` : `${number}  ${title}`;
  return caption;
}
