import { UserError } from '../../demo/user-error.ts';
import {
  HANDOUTS,
  PAPER_SIZES,
  parseRange,
  PLAIN_LAYOUT,
  type PrintLayout,
  type SlideRange,
} from '../../stage/print-layout.ts';

/** As they stand on the command line. */
export interface PrintFlags {
  steps?: boolean;
  notes?: boolean | string;
  handout?: string;
  range?: string;
  size?: string;
}

/** What to put on paper. Throws a `UserError` for what can't be, or not together. */
export function toPrintLayout(flags: PrintFlags): PrintLayout {
  const layout: PrintLayout = {
    ...PLAIN_LAYOUT,
    size: toSize(flags.size),
    steps: flags.steps ?? false,
    notes: toNotes(flags.notes),
    handout: toHandout(flags.handout),
    range: flags.range === undefined ? undefined : toRanges(flags.range),
  };
  const isReading = layout.handout > 0 || layout.notes === 'below';
  if (layout.handout > 0 && (layout.notes !== 'none' || layout.steps)) {
    const hint = 'A handout shows each slide once, small: leave --steps and --notes out, or the handout.';
    throw new UserError('bad-options', "--handout can't be combined with --steps or --notes.", hint);
  }
  if (isReading && flags.size !== undefined && layout.size !== 'A4' && layout.size !== 'letter') {
    const hint = 'Give --size A4 or --size letter.';
    throw new UserError(
      'bad-options',
      `A handout, and notes below slides, don't fit on ${flags.size}.`,
      hint,
    );
  }
  return layout;
}

function toSize(text: string | undefined): PrintLayout['size'] {
  if (text === undefined) return '16:9';
  const size = PAPER_SIZES.find((one) => one.toLowerCase() === text.toLowerCase());
  if (size !== undefined) return size;
  throw new UserError(
    'bad-size',
    `"${text}" is not a size.`,
    `Give one of ${PAPER_SIZES.join(', ')}: --size A4`,
  );
}

function toNotes(given: boolean | string | undefined): PrintLayout['notes'] {
  if (given === undefined || given === false) return 'none';
  if (given === true || given === 'below') return 'below';
  if (given === 'pages') return 'pages';
  const hint = 'Write --notes for notes below each slide, or --notes=pages for pages of their own.';
  throw new UserError('bad-notes', `"${given}" is not a place for notes.`, hint);
}

function toHandout(text: string | undefined): PrintLayout['handout'] {
  if (text === undefined) return 0;
  const handout = HANDOUTS.find((one) => one > 0 && String(one) === text);
  if (handout !== undefined) return handout;
  throw new UserError(
    'bad-handout',
    `"${text}" slides don't fit on a sheet.`,
    'Give 2, 3, 4 or 6: --handout 4',
  );
}

export function toRanges(text: string): SlideRange[] {
  return text.split(',').map((part) => {
    const range = parseRange(part);
    if (range !== undefined) return range;
    const hint = 'Slides count from 1: --range 3-12, --range 5, --range 10- or --range 1-3,7';
    throw new UserError('bad-range', `"${text}" is not a range of slides.`, hint);
  });
}
