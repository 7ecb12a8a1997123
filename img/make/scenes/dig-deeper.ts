import { between, easeInOut, fraction, part, seeded, swing } from '../motion.ts';
import { COLOURS } from '../palette.ts';
import { HEIGHT, WIDTH, type Scene } from '../scene.ts';
import { at, circle, line, num, path, sparkle } from '../shapes.ts';
import { container } from '../whale.ts';

/** A little drill submarine goes down through the layers, which pass by for ever. */
export const digDeeper: Scene = { file: 'dig_deeper.gif', width: 960, frames: 57, delayMs: 60, draw };

const LAYER = 180;
const MIDDLE = 480;
const DRILL_TOP = 292;
const DRILL_TIP = 420;
/** The share of its time in a layer that the drill bites before it breaks through. */
const BITE = 0.68;

interface Layer {
  ground: string;
  edge: string;
  finds: { x: number; y: number; drawing: string; turn: number }[];
}

const LAYERS: Layer[] = [
  {
    ground: '#22306a',
    edge: '#33458c',
    finds: [
      { x: 118, y: 106, drawing: container(COLOURS.coral), turn: -9 },
      { x: 268, y: 112, drawing: container(COLOURS.amber), turn: 12 },
      { x: 768, y: 104, drawing: container(COLOURS.mint), turn: 8 },
    ],
  },
  {
    ground: '#45306b',
    edge: '#5d458c',
    finds: [
      { x: 196, y: 108, drawing: snake(), turn: -6 },
      { x: 730, y: 118, drawing: gem(COLOURS.mint), turn: 10 },
      { x: 850, y: 92, drawing: gem(COLOURS.amber), turn: -14 },
    ],
  },
  {
    ground: '#1b4a70',
    edge: '#2a648f',
    finds: [
      { x: 120, y: 108, drawing: anchor(), turn: 20 },
      { x: 268, y: 96, drawing: gear(32, '#7fb4d6'), turn: 0 },
      { x: 786, y: 106, drawing: fishBones(), turn: -8 },
    ],
  },
];

function draw(time: number): string {
  const { depth, dip } = journeyAt(time);
  return [layers(depth), shaft(depth, dip), chain(time, dip), crumbs(time, dip), submarine(time, dip)].join(
    '',
  );
}

/**
 * In each layer the drill first bites (`dip`: how far the submarine has gone down in the picture), then it breaks through
 * and the picture follows (`depth`: how far the layers have gone up).
 */
function journeyAt(time: number): { depth: number; dip: number } {
  const layer = Math.floor(time * LAYERS.length);
  const share = time * LAYERS.length - layer;
  const through = easeInOut(part(share, BITE, 1));
  const dip = 46 * (easeInOut(part(share, 0, BITE)) - through);
  return { depth: LAYER * (layer + through), dip };
}

function layers(depth: number): string {
  const first = Math.ceil((depth - 12) / LAYER) - 1;
  const drawn: string[] = [];
  for (let index = first; index * LAYER - depth < HEIGHT + 20; index += 1) {
    const layer = LAYERS[((index % LAYERS.length) + LAYERS.length) % LAYERS.length];
    if (layer !== undefined) drawn.push(at(0, index * LAYER - depth, strip(layer)));
  }
  return drawn.join('');
}

/** Down from a layer's uneven surface. */
function earth(top: number): string {
  const points: string[] = [];
  for (let x = 0; x <= WIDTH; x += 20) {
    points.push(`${x} ${num(top + 7 * swing(x / 320) + 4 * swing(x / 137, 1, 0.3))}`);
  }
  return `M${points.join('L')}V${LAYER + 30}H0Z`;
}

function strip({ ground, edge, finds }: Layer): string {
  const found = finds.map(({ x, y, drawing, turn }) => at(x, y, drawing, turn, 1.2));
  return path(earth(0), edge) + path(earth(12), ground) + found.join('');
}

/** The hole: straight down to the drill, then as the drill's cone. Its walls are rough and pass by like the layers. */
function shaft(depth: number, dip: number): string {
  const rough = (y: number) =>
    5 * swing((y + depth) / (LAYER / 3)) + 3 * swing((y + depth) / (LAYER / 7), 1, 0.4);
  const left: string[] = [];
  const right: string[] = [];
  for (let y = -10; y <= DRILL_TOP + dip; y += 10) {
    left.push(`${num(MIDDLE - 108 + rough(y))} ${y}`);
    right.unshift(`${num(MIDDLE + 108 - rough(y + 45))} ${y}`);
  }
  const hole = `M${left.join('L')}L${MIDDLE} ${num(DRILL_TIP + 14 + dip)}L${right.join('L')}Z`;
  return path(hole, COLOURS.night) + line(hole, '#05070f', 8, 'opacity="0.45"');
}

/** The anchor chain that holds the submarine. */
function chain(time: number, dip: number): string {
  const links = Array.from({ length: 7 }, (_, link) => {
    const y = Math.round(dip - 60 + link * 32);
    const x = MIDDLE + 2 * swing(time, 3, link / 9);
    const open = `<rect x="${num(x - 7)}" y="${y - 14}" width="14" height="28" rx="7" fill="none" stroke="#6f80b8" stroke-width="5"/>`;
    return open + line(`M${num(x)} ${y + 10}v12`, '#4b5c96', 6);
  });
  return links.join('');
}

function submarine(time: number, dip: number): string {
  const shake = 1.6 * swing(time, 15);
  const drawing = [
    path('M-30 -92H30V-64H-30Z', '#d98d2b'),
    `<rect x="-38" y="-104" width="76" height="16" rx="8" fill="${COLOURS.amber}"/>`,
    path('M-78 -40H-98Q-106 -40 -106 -32V26Q-106 34 -98 34H-78Z', '#d98d2b'),
    path('M78 -40H98Q106 -40 106 -32V26Q106 34 98 34H78Z', '#d98d2b'),
    `<rect x="-84" y="-70" width="168" height="150" rx="56" fill="${COLOURS.amber}"/>`,
    path('M84 -14V24A56 56 0 0 1 28 80H-28A56 56 0 0 1 -84 24V14C-40 54 52 50 84 -14Z', '#e09a38'),
    circle(0, -4, 46, '#a86a1c'),
    circle(0, -4, 38, '#0f2450'),
    sailor(time),
    line('M-24 -24A32 32 0 0 1 -4 -36', '#ffffff', 5, 'opacity="0.55"'),
    `<rect x="-62" y="76" width="124" height="18" rx="8" fill="#3a4a7c"/>`,
    drill(time),
  ].join('');
  return at(MIDDLE + shake, 204 + dip + 1.5 * swing(time, 3, 0.1), drawing);
}

/** A small whale at the window, looking down and around. */
function sailor(time: number): string {
  const look = 5 * swing(time, 1);
  const face = [
    path('M-27 22C-30 -14 -18 -24 0 -24S30 -14 27 22C16 36 -16 36 -27 22Z', COLOURS.wave),
    path('M-24 14C-12 24 12 24 24 14C22 34 -22 34 -24 14Z', COLOURS.foam),
    circle(-11 + look, 0, 5, '#0d2a4d'),
    circle(11 + look, 0, 5, '#0d2a4d'),
    line(`M${num(-5 + look)} 9Q${num(look)} 13 ${num(5 + look)} 9`, '#0d2a4d', 3),
  ].join('');
  return at(0, 0, face);
}

/** The drill turns: its stripes run down, and one stripe later it looks the same again. */
function drill(time: number): string {
  const turn = fraction(time * 15 + 0.5);
  const [top, tip] = [94, 216];
  const halfAt = (y: number) => between(58, 0, (y - top) / (tip - top));
  const stripes = Array.from({ length: 6 }, (_, stripe) => {
    const high = Math.max(top, top + (stripe - 1 + turn) * 26);
    const low = Math.min(tip, high + 12);
    if (high >= tip - 4) return '';
    const skewed = Math.min(tip, low + 12);
    return path(
      `M${num(-halfAt(high))} ${num(high)}L${num(halfAt(high + 12 > tip ? tip : high + 12))} ${num(Math.min(tip, high + 12))}L${num(halfAt(skewed))} ${num(skewed)}L${num(-halfAt(low))} ${num(low)}Z`,
      '#8794c4',
    );
  });
  return path(`M-58 ${top}H58L4 ${tip}Q0 ${tip + 4} -4 ${tip}Z`, '#c3cdea') + stripes.join('');
}

/** Pieces of rock that fly up from the drill along the walls. */
function crumbs(time: number, dip: number): string {
  const next = seeded(17);
  const colours = ['#5f77c9', '#4f9cc9', '#8f73cf', '#4a7fbd', COLOURS.sand];
  return Array.from({ length: 30 }, (_, index) => {
    const side = index % 2 === 0 ? 1 : -1;
    const life = fraction(time * 3 + next());
    const reach = 30 + next() * 62;
    const high = 90 + next() * 150;
    const x = MIDDLE + side * (26 + reach * life);
    const y = 384 + dip - high * (2 * life - life ** 2 * 1.3);
    const size = (7 + next() * 8) * (1 - life ** 3);
    const chip = path(
      `M${num(-size)} ${num(size * 0.4)}L${num(-size * 0.2)} ${num(-size)}L${num(size)} 0L${num(size * 0.3)} ${num(size)}Z`,
      colours[index % 5] ?? '',
    );
    return at(x, y, chip, 360 * life * side);
  }).join('');
}

function gear(radius: number, colour: string): string {
  const teeth = Array.from({ length: 8 }, (_, tooth) => {
    const size = radius * 0.42;
    const box = `<rect x="${num(-size / 2)}" y="${num(-radius * 1.22)}" width="${num(size)}" height="${num(radius * 0.5)}" rx="3" fill="${colour}"/>`;
    return at(0, 0, box, tooth * 45);
  });
  return `${teeth.join('')}${circle(0, 0, radius, colour)}${circle(0, 0, radius * 0.4, '#1b4a70')}`;
}

function gem(colour: string): string {
  return [
    path('M-30 -8L-16 -26H16L30 -8L0 32Z', colour),
    path('M-12 -8H12L0 32ZM-30 -8L-16 -26L-12 -8ZM30 -8L16 -26L12 -8Z', '#05070f', 'opacity="0.18"'),
    at(-14, -18, sparkle(7, '#ffffff', 0.9)),
  ].join('');
}

function snake(): string {
  const body = 'M-84 14C-60 -26 -36 -26 -18 4S30 34 50 2';
  return [
    line(body, '#b6a7ea', 22),
    line(body, '#cfc4f4', 6, 'stroke-dasharray="2 18"'),
    `<ellipse cx="58" cy="-12" rx="22" ry="17" fill="#b6a7ea"/>`,
    circle(62, -17, 4.5, '#2a1b4d'),
    line('M78 -8l14 3', COLOURS.coral, 4),
  ].join('');
}

function anchor(): string {
  return line('M0 -22V34M-14 -8H14M-32 8C-30 30 -14 36 0 36S30 30 32 8M0 -34a8 8 0 1 0 0.1 0', '#8fb3d4', 8);
}

function fishBones(): string {
  const ribs = [-22, -2, 18, 38].map((x) => `M${x} -20V20`);
  return (
    line(`M-44 0H58L78 -18M58 0L78 18${ribs.join('')}`, COLOURS.sand, 7) +
    path('M-44 -22C-80 -16 -84 12 -44 22Z', COLOURS.sand) +
    circle(-58, -4, 5, '#1b4a70')
  );
}
