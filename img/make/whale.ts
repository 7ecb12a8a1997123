import { COLOURS } from './palette.ts';
import { at, circle, line, path } from './shapes.ts';

/** How the whale feels, and what it carries. */
export interface WhaleMood {
  /** Eyes wide and mouth open. */
  surprised: boolean;
  /** Turn of the flukes in degrees. */
  flukes: number;
  /** For each container (see CONTAINERS) how far it hovers above its place, and its turn in degrees. */
  hover: (container: number) => { up: number; turn: number };
}

const BODY =
  'M0 128C0 46 74 0 176 0H410C474 -2 512 -26 542 -74L590 -50C566 92 452 244 236 244C98 244 0 206 0 128Z';
const BELLY =
  'M9 164C90 196 214 202 330 180C400 166 470 136 520 96C470 186 370 244 236 244C118 244 30 216 9 164Z';
const FLUKES =
  'M-14 8C-34 -28 -72 -42 -112 -40C-98 -78 -58 -98 -18 -86C-6 -82 0 -74 4 -64C12 -72 24 -76 36 -74C76 -70 98 -34 94 6C62 -14 44 -10 30 14Z';
const FIN = 'M204 172C236 168 286 196 292 252C252 256 212 224 204 172Z';

export const CONTAINER = { width: 78, height: 56, gap: 6 };
const COLOURED = [
  COLOURS.coral,
  COLOURS.amber,
  COLOURS.mint,
  COLOURS.cream,
  COLOURS.violet,
  COLOURS.coral,
  COLOURS.amber,
  COLOURS.mint,
] as const;
/** Column and row of each container on the whale's back, from below. */
const PLACES: readonly (readonly [number, number])[] = [
  [0, 0],
  [1, 0],
  [2, 0],
  [3, 0],
  [0.5, 1],
  [1.5, 1],
  [2.5, 1],
  [1.5, 2],
];

/** A whale that looks to the left, about 680 wide; (0, 0) is the nose's height at its back. */
export function whale(mood: WhaleMood): string {
  return [
    at(566, -62, path(FLUKES, COLOURS.wave), mood.flukes),
    ...PLACES.map(([column, row], index) =>
      placed(column, row, COLOURED[index] ?? COLOURS.mint, mood.hover(index)),
    ),
    path(BODY, COLOURS.wave),
    path(BELLY, COLOURS.foam),
    ...['M52 192C140 214 250 212 350 186', 'M96 216C166 232 250 230 330 208'].map((d) =>
      line(d, '#93cdee', 5),
    ),
    path(FIN, COLOURS.sea),
    face(mood.surprised),
  ].join('');
}

function face(surprised: boolean): string {
  const cheek = `<ellipse cx="148" cy="132" rx="24" ry="14" fill="#d9899a"/>`;
  if (surprised) {
    const mouth = `<ellipse cx="58" cy="148" rx="20" ry="25" fill="#0d2a4d"/><ellipse cx="58" cy="162" rx="12" ry="9" fill="${COLOURS.coral}"/>`;
    return `${cheek}${mouth}${circle(106, 88, 25, '#ffffff')}${circle(101, 86, 13, '#0d2a4d')}${circle(97, 80, 5, '#ffffff')}`;
  }
  const smile = line('M24 142C48 166 84 168 112 150', '#0d2a4d', 6);
  return `${cheek}${smile}${circle(104, 96, 15, '#0d2a4d')}${circle(99, 90, 5, '#ffffff')}`;
}

function placed(column: number, row: number, colour: string, move: { up: number; turn: number }): string {
  const { width, height, gap } = CONTAINER;
  const x = 114 + column * (width + gap) + width / 2;
  const y = -(row + 0.5) * (height + gap) - move.up + 4;
  return at(x, y, container(colour), move.turn);
}

/** A shipping container around (0, 0). */
export function container(colour: string, { width, height } = CONTAINER): string {
  const [left, top] = [-width / 2, -height / 2];
  const ribs = [1, 2, 3, 4].map((rib) => {
    const x = left + (rib * width) / 5;
    return line(`M${x} ${top + 14}V${-top - 12}`, '#05070f', 5, 'opacity="0.22"');
  });
  return [
    `<rect x="${left}" y="${top}" width="${width}" height="${height}" rx="6" fill="${colour}"/>`,
    `<path d="M${left} ${-top - 8}H${-left}V${-top - 6}Q${-left} ${-top} ${-left - 6} ${-top}H${left + 6}Q${left} ${-top} ${left} ${-top - 6}Z" fill="#05070f" opacity="0.25"/>`,
    `<path d="M${left + 6} ${top}H${-left - 6}Q${-left} ${top} ${-left} ${top + 6}H${left}Q${left} ${top} ${left + 6} ${top}Z" fill="#ffffff" opacity="0.4"/>`,
    ...ribs,
  ].join('');
}
