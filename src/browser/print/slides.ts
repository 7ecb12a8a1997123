import { fragmentSteps } from '../deck/fragment-steps.ts';
import { fragmentNotes, slideNotes } from '../speaker/written-notes.ts';
import { takeNamesBack } from '../boot/taken-names.ts';
import { numberLines } from '../deck/line-steps.ts';
import { isInRange, type SlideRange } from '../../stage/print-layout.ts';

/** A slide on its way to paper. */
export interface PrintSlide {
  /** As the author counts, from 1. */
  number: number;
  /** As the slide shows it: one that doesn't count has the number of the one before. */
  shownNumber: number;
  id: string;
  title: string;
  /** Below another in a stack. */
  isBelow: boolean;
  /** As reveal.js writes it in an address: `2`, or `2/1` below that. */
  position: string;
  section: HTMLElement;
  /** The stack that it stands in, whose background shows through. */
  stack: HTMLElement | undefined;
  /** As large as a slide on the screen; holds the background and the section. */
  box: HTMLElement;
  notes: HTMLElement[];
}

/** Takes the slides out of the page as reveal.js counts them: sections, and the sections right inside them. */
export function takeSlides(range: SlideRange[] | undefined): PrintSlide[] {
  const slides: PrintSlide[] = [];
  let number = 0;
  let shownNumber = 0;
  const deck = document.querySelector<HTMLTemplateElement>('template#deck')?.content;
  if (deck !== undefined) {
    takeNamesBack(deck);
    holdPictures(deck);
    numberLines(deck);
  }
  const tops = [...(deck?.children ?? [])].filter((top): top is HTMLElement => top.localName === 'section');
  for (const [h, top] of tops.entries()) {
    const below = [...top.querySelectorAll<HTMLElement>(':scope > section')];
    const stack = below.length > 0 ? top : undefined;
    for (const [v, section] of (stack === undefined ? [top] : below).entries()) {
      number += 1;
      if (section.dataset['visibility'] !== 'uncounted') shownNumber += 1;
      if (!isInRange(range, number)) continue;
      const position = v === 0 ? `${h}` : `${h}/${v}`;
      slides.push({ ...toSlide(section), number, shownNumber, position, stack, isBelow: v > 0 });
    }
  }
  const container = document.querySelector('.slides');
  container?.replaceChildren(...slides.map(({ box }) => box));
  return slides;
}

/** They are loaded a few at a time, and where they move their last frame is looked for. */
function holdPictures(deck: DocumentFragment): void {
  for (const image of deck.querySelectorAll<HTMLImageElement>('img[src]')) {
    const address = image.getAttribute('src') ?? '';
    image.dataset['src'] = address;
    image.removeAttribute('src');
  }
}

function toSlide(section: HTMLElement): Pick<PrintSlide, 'id' | 'title' | 'section' | 'box' | 'notes'> {
  const box = document.createElement('div');
  box.className = 'print-slide';
  const steps = fragmentSteps(section.querySelectorAll<HTMLElement>('.fragment')).flat();
  const notes = [...slideNotes(section), ...steps.flatMap(fragmentNotes)];
  for (const note of section.querySelectorAll('aside.notes')) note.remove();
  box.append(section);
  return { id: section.id, title: titleOf(section), section, box, notes };
}

function titleOf(section: HTMLElement): string {
  for (const heading of section.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
    const copy = heading.cloneNode(true) as HTMLElement;
    // Math is there twice: for eyes, and for machines.
    for (const drawn of copy.querySelectorAll('.katex-html, annotation')) drawn.remove();
    const text = (copy.textContent ?? '').replace(/\s+/g, ' ').trim();
    if (text !== '') return text;
  }
  return '';
}
