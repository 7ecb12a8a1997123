/** What the print page tells the command line when it is laid out. Slides count from 1, pages from 0. */
export interface PrintReport {
  pages: number;
  /** Slides that are printed, in order. */
  slides: PrintedSlide[];
  problems: PrintProblem[];
}

export interface PrintedSlide {
  number: number;
  /** As the slide shows it: one that doesn't count has the number of the one before. */
  shownNumber: number;
  id: string;
  /** Text of its first heading; empty when it has none. */
  title: string;
  /** Below the slide before it that is not. */
  isBelow: boolean;
  /** Where it is printed first. */
  page: number;
  /** From the page's top, in CSS pixels. */
  top: number;
  /** How much of it is cut off at its bottom, and at its right, in CSS pixels. */
  overflow: number;
  overflowX: number;
  /** What is wider than the slide, and was made to fit. */
  tooWide: TooWide[];
  /** Characters that no font of this machine has. */
  missingGlyphs: string[];
  /** Empty where there are none. */
  notes: { html: string; markdown: string };
}

/** Something that is wider than its slide, or a slide higher than its page that asked to shrink, and what was done about it. */
export interface TooWide {
  what: 'table' | 'code' | 'slide';
  /** By how many pixels it was. */
  pixels: number;
  /** How large it is drawn instead: 1 is as written. */
  scale: number;
}

/** Something of a slide that is not on its page. */
export interface PrintProblem {
  kind: 'picture' | 'slide';
  slide: number;
  /** The picture's address, or what was thrown. */
  what: string;
  why: string;
}
