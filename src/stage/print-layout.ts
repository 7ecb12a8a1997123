/** What is put on paper, and how: the command line writes it into the print page's address, the page reads it. */
export interface PrintLayout {
  size: PaperSize;
  /** A page for every step, instead of one for the slide with all steps done. */
  steps: boolean;
  notes: 'none' | 'below' | 'pages';
  /** Slides on a sheet for the audience to write on; 0 for none. */
  handout: 0 | 2 | 3 | 4 | 6;
  /** All slides on one page. */
  contactSheet: boolean;
  /** Slides as the author counts them, from 1. Undefined for all. */
  range: SlideRange[] | undefined;
}

/** From the first to the last, both from 1; an open end is `Infinity`. */
export interface SlideRange {
  from: number;
  to: number;
}

export const PAPER_SIZES = ['16:9', '4:3', 'A4', 'letter'] as const;
export type PaperSize = (typeof PAPER_SIZES)[number] | 'social';

export const NOTES_PLACES = ['none', 'below', 'pages'] as const;
export const HANDOUTS = [0, 2, 3, 4, 6] as const;

export const PLAIN_LAYOUT: PrintLayout = {
  size: '16:9',
  steps: false,
  notes: 'none',
  handout: 0,
  contactSheet: false,
  range: undefined,
};

/** What every deck is laid out for, in CSS pixels. */
export const SLIDE = { width: 1280, height: 720 };

/** Sheets in CSS pixels; paper as it lies on the desk, wider than high. */
const SHEETS: Record<PaperSize, { width: number; height: number }> = {
  '16:9': SLIDE,
  '4:3': { width: 960, height: 720 },
  A4: { width: 1123, height: 794 },
  letter: { width: 1056, height: 816 },
  social: { width: 1200, height: 630 },
};

/** The page that a layout prints on. Notes below a slide, and most handouts, stand upright. */
export function sheetOf({ size, notes, handout }: PrintLayout): { width: number; height: number } {
  const isReading = notes === 'below' || handout > 0;
  const { width, height } = SHEETS[isReading && size !== 'letter' ? 'A4' : size];
  return isReading && handout !== 4 ? { width: height, height: width } : { width, height };
}

export function toPrintQuery(layout: PrintLayout): string {
  const query = new URLSearchParams({ view: 'print', size: layout.size, notes: layout.notes });
  if (layout.steps) query.set('steps', '');
  if (layout.contactSheet) query.set('contact-sheet', '');
  if (layout.handout > 0) query.set('handout', String(layout.handout));
  if (layout.range !== undefined) {
    query.set('range', layout.range.map(({ from, to }) => `${from}-${to}`).join(','));
  }
  return `?${query.toString()}`;
}

/** The page's side of `toPrintQuery`; what it doesn't know is as if it were not there. */
export function fromPrintQuery(search: string): PrintLayout {
  const query = new URLSearchParams(search);
  const size = query.get('size');
  const ranges = (query.get('range') ?? '').split(',').flatMap((text) => parseRange(text) ?? []);
  return {
    size: size === 'social' ? size : (PAPER_SIZES.find((one) => one === size) ?? '16:9'),
    steps: query.has('steps'),
    notes: NOTES_PLACES.find((one) => one === query.get('notes')) ?? 'none',
    handout: HANDOUTS.find((one) => String(one) === query.get('handout')) ?? 0,
    contactSheet: query.has('contact-sheet'),
    range: ranges.length === 0 ? undefined : ranges,
  };
}

/** `3`, `3-12`, `3-` or `-12`. Undefined for anything else. */
export function parseRange(text: string): SlideRange | undefined {
  const match = /^\s*(\d*)\s*(-?)\s*(\d*|Infinity)\s*$/.exec(text);
  if (match === null) return undefined;
  const [, first = '', dash, last = ''] = match;
  if (first === '' && last === '') return undefined;
  const from = first === '' ? 1 : Number(first);
  const to = dash === '' ? from : last === '' ? Number.POSITIVE_INFINITY : Number(last);
  return from >= 1 && from <= to ? { from, to } : undefined;
}

export function isInRange(range: SlideRange[] | undefined, slide: number): boolean {
  return range === undefined || range.some(({ from, to }) => slide >= from && slide <= to);
}
