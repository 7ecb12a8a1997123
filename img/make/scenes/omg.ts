import { between, easeInOut, easeOut, fraction, part, pulse, seeded, swing } from '../motion.ts';
import { COLOURS } from '../palette.ts';
import type { Scene } from '../scene.ts';
import { at, circle, crest, line, num, path, sparkle, stars, type Wave } from '../shapes.ts';
import { whale } from '../whale.ts';

/** The container whale leaps out of the sea, astonished, under fireworks; its containers fly up and land again. */
export const omg: Scene = { file: 'omg.gif', width: 960, frames: 54, delayMs: 70, draw };

/** When the whale leaves the water, and when it is back in. */
const OUT = 0.05;
const BACK = 0.84;
const SEA = 430;

/** The loop begins in mid-air: on paper and before it loads, the first frame is all there is. */
function draw(sinceStart: number): string {
  const time = fraction(sinceStart + 0.46);
  const outside = [
    sky(time),
    ...BURSTS.map((burst) => firework(time, burst)),
    wave(time, { level: SEA - 8, height: 8, length: 240, travel: 1, phase: 0 }, COLOURS.deep),
    splash(time, 640, OUT + 0.02, 21),
    leap(time),
    splash(time, 310, BACK - 0.14, 34),
    wave(time, { level: SEA + 26, height: 10, length: 320, travel: -1, phase: 0.3 }, COLOURS.sea),
    wave(time, { level: SEA + 68, height: 9, length: 480, travel: 1, phase: 0.7 }, COLOURS.wave),
  ];
  return shipWindow(outside.join(''));
}

/** The view through a ship's window with a brass frame: on a slide this picture stands alone on the ground. */
function shipWindow(view: string): string {
  const pane = 'x="16" y="16" width="928" height="508" rx="84"';
  const bolts = [180, 380, 580, 780].flatMap((x) => [
    circle(x, 16, 5, '#8a5a1a'),
    circle(x, 524, 5, '#8a5a1a'),
  ]);
  const sides = [16, 944].flatMap((x) => [circle(x, 180, 5, '#8a5a1a'), circle(x, 360, 5, '#8a5a1a')]);
  return [
    `<rect width="960" height="540" fill="${COLOURS.night}"/>`,
    `<clipPath id="pane"><rect ${pane}/></clipPath><g clip-path="url(#pane)">${view}</g>`,
    `<rect ${pane} fill="none" stroke="#e09a38" stroke-width="24"/>`,
    `<rect x="7" y="7" width="946" height="526" rx="93" fill="none" stroke="${COLOURS.amber}" stroke-width="6"/>`,
    ...bolts,
    ...sides,
  ].join('');
}

function sky(time: number): string {
  const rings = ['#0f1838', '#141f49', '#1a2858', '#213168'];
  return [
    `<rect width="960" height="540" fill="${COLOURS.night}"/>`,
    ...rings.map((colour, ring) => circle(480, 450, 520 - ring * 95, colour)),
    stars(time, 3, 50, 360),
  ].join('');
}

function wave(time: number, shape: Wave, colour: string): string {
  const top = crest(shape, time);
  return path(`${top}V560H-10Z`, colour) + line(top, COLOURS.foam, 4, 'opacity="0.7"');
}

function leap(time: number): string {
  const share = part(time, OUT, BACK);
  if (share === 0 || share === 1) return '';
  const side = 2 * share - 1;
  const x = between(700, 260, share * 0.4 + easeInOut(share) * 0.6);
  const y = between(620, 262, 1 - Math.abs(side) ** 2.3);
  const turn = -side * Math.abs(side) ** 0.4 * 46;
  const fly = pulse(share, 0.22, 0.8);
  const hover = (index: number) => ({
    up: fly * (14 + 10 * Math.floor(index / 4) + (index === 7 ? 14 : 0) + 9 * swing(index * 0.37)),
    turn: -fly * 13 * swing(share * 1.5 + index * 0.29),
  });
  const drawing = at(-300, -100, whale({ surprised: true, flukes: 16 * swing(share, 2), hover }));
  return at(x, y, drawing, turn, 0.7);
}

function splash(time: number, x: number, start: number, seed: number): string {
  const share = part(time, start, start + 0.3);
  if (share === 0 || share === 1) return '';
  const next = seeded(seed);
  const drops = Array.from({ length: 22 }, () => {
    const away = (next() - 0.5) * 330;
    const high = 70 + next() * 150;
    const y = SEA + 30 - high * 4 * share * (1 - share) + 30 * share;
    return circle(x + away * (0.25 + easeOut(share)), y, (4 + next() * 8) * (1 - share * 0.6), COLOURS.foam);
  });
  const up = Math.sin(Math.PI * share);
  const foam = [-112, -70, -26, 22, 66, 108].map((away) => {
    const radius = (30 + next() * 16) * up;
    return circle(x + away * (0.8 + 0.5 * share), SEA + 34 - 26 * up, radius, COLOURS.foam);
  });
  return drops.join('') + foam.join('');
}

interface Burst {
  x: number;
  y: number;
  start: number;
  size: number;
  colour: string;
}

const BURSTS: Burst[] = [
  { x: 186, y: 158, start: 0.2, size: 104, colour: COLOURS.coral },
  { x: 792, y: 152, start: 0.32, size: 112, colour: COLOURS.amber },
  { x: 330, y: 112, start: 0.44, size: 84, colour: COLOURS.mint },
  { x: 640, y: 108, start: 0.54, size: 78, colour: COLOURS.violet },
  { x: 836, y: 288, start: 0.6, size: 74, colour: COLOURS.mint },
  { x: 122, y: 310, start: 0.5, size: 70, colour: COLOURS.amber },
];

function firework(time: number, { x, y, start, size, colour }: Burst): string {
  const share = part(time, start, start + 0.36);
  if (share === 0 || share === 1) return '';
  const reach = size * easeOut(share);
  const thin = 1 - share ** 2;
  const rays = Array.from({ length: 12 }, (_, ray) => {
    const angle = (ray / 12) * Math.PI * 2;
    const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
    const inner = reach * (0.35 + 0.6 * share);
    const drop = 24 * share ** 2;
    const d = `M${num(x + dx * inner)} ${num(y + dy * inner + drop)}L${num(x + dx * reach)} ${num(y + dy * reach + drop)}`;
    const tip = at(x + dx * reach * 1.14, y + dy * reach * 1.14 + drop, sparkle(9 * thin, COLOURS.cream));
    return line(d, colour, 6 * thin) + (ray % 2 === 0 ? tip : '');
  });
  return rays.join('');
}
