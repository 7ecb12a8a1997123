import { COLOURS } from '../palette.ts';
import { at, line, path } from '../shapes.ts';
import { whale } from '../whale.ts';

/** The water's surface, left to right. */
const SURFACE =
  'M70 424C126 396 180 396 236 424S348 452 404 424S516 396 572 424S684 452 740 424S840 398 890 424';
const RIPPLES = [
  'M210 474C260 456 306 456 352 474S450 492 496 474',
  'M560 492C604 476 644 476 684 492S762 506 800 492',
];

/** The part of the drawing area that the whale fills. */
export const LOGO_BOX = { x: 58, y: 30, width: 844, height: 504 };

/** Deckhand's own container whale, on a transparent ground, as a whole SVG document. */
export function drawLogo(): string {
  const steady = { surprised: false, flukes: 0, hover: () => ({ up: 0, turn: 0 }) };
  const { x, y, width, height } = LOGO_BOX;
  const drawing = [
    line('M200 250V206C200 172 184 154 160 154C142 154 130 164 130 180', COLOURS.foam, 11),
    line('M200 206C200 172 210 160 226 156', COLOURS.foam, 11),
    at(146, 222, whale(steady)),
    path(`${SURFACE}C880 496 800 528 700 528H260C160 528 84 496 70 424Z`, COLOURS.sea),
    line(SURFACE, COLOURS.foam, 13),
    ...RIPPLES.map((d) => line(d, COLOURS.wave, 9)),
  ].join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${x} ${y} ${width} ${height}" width="100%">${drawing}</svg>`;
}
