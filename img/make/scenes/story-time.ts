import { breathe, fraction, seeded, swing } from '../motion.ts';
import { COLOURS } from '../palette.ts';
import type { Scene } from '../scene.ts';
import { at, circle, line, num, path, sparkle, stars } from '../shapes.ts';

/** A pop-up book opens on a night sea: a paper boat sails between its pages. */
export const storyTime: Scene = { file: 'story_time.gif', width: 1280, frames: 64, delayMs: 60, draw };

const MIDDLE = 480;

function draw(time: number): string {
  return [
    sky(time),
    whaleStars(time),
    book(),
    seaLayer(time, { base: 352, rise: 92, reach: 262, colour: COLOURS.deep, travel: -1, swell: 9 }),
    seaLayer(time, { base: 372, rise: 72, reach: 292, colour: COLOURS.sea, travel: 1, swell: 11 }),
    boat(time),
    seaLayer(time, { base: 396, rise: 58, reach: 318, colour: COLOURS.wave, travel: -1, swell: 10 }),
    sparks(time),
  ].join('');
}

function sky(time: number): string {
  const halo = ['#0d1429', '#101932', '#14203f', '#1a2a52'];
  return [
    `<rect width="960" height="540" fill="${COLOURS.night}"/>`,
    ...halo.map((colour, ring) => circle(742, 122, 400 - ring * 92, colour)),
    stars(time, 11, 60, 330),
    circle(742, 122, 64, COLOURS.cream),
    circle(720, 104, 13, COLOURS.sand),
    circle(764, 138, 18, COLOURS.sand),
    circle(756, 92, 7, COLOURS.sand),
    path('M0 470Q240 440 480 462T960 452V540H0Z', '#080c19'),
  ].join('');
}

function joined(list: readonly (readonly [number, number])[]): string {
  return `M${list.map((point) => point.join(' ')).join('L')}`;
}

/** A constellation in the shape of a whale. */
function whaleStars(time: number): string {
  const points = [
    [96, 150],
    [128, 104],
    [196, 86],
    [268, 102],
    [322, 132],
    [356, 92],
    [398, 84],
  ] as const;
  const lower = [
    [322, 132],
    [262, 172],
    [170, 184],
    [96, 150],
  ] as const;
  const lines = `${joined(points)}M356 92L352 52${joined(lower)}`;
  const all = [...points, ...lower.slice(1, 3), [352, 52] as const];
  const dots = all.map(([x, y], index) => {
    const size = 7 + 3 * swing(time, 1, index * 0.37);
    return at(x, y, sparkle(size, COLOURS.cream));
  });
  return line(lines, COLOURS.slate, 2, `opacity="${num(0.55 + 0.25 * breathe(time))}"`) + dots.join('');
}

function book(): string {
  const cover =
    'M480 482C400 440 250 436 112 462Q100 464 103 452L166 322Q170 314 180 313C290 300 410 306 480 346C550 306 670 300 780 313Q790 314 794 322L857 452Q860 464 848 462C710 436 560 440 480 482Z';
  const leftPage = 'M480 464C400 418 260 412 128 440L190 318C290 300 410 304 480 342Z';
  const rightPage = 'M480 464C560 418 700 412 832 440L770 318C670 300 550 304 480 342Z';
  const leaf = 'M480 472C400 428 256 421 121 449L126 440C260 412 400 418 480 464Z';
  const otherLeaf = 'M480 472C560 428 704 421 839 449L834 440C700 412 560 418 480 464Z';
  return [
    `<ellipse cx="480" cy="478" rx="400" ry="26" fill="#05070f" opacity="0.7"/>`,
    path(cover, COLOURS.brick),
    path(leaf, COLOURS.sand),
    path(otherLeaf, '#dfc48c'),
    path(leftPage, COLOURS.cream),
    path(rightPage, '#f7e6bf'),
    line('M480 346V462', '#dcc08a', 4),
    ...textLines(),
  ].join('');
}

/** What is written on the part of the pages that the sea leaves free. */
function textLines(): string[] {
  return [0, 1].flatMap((row) => {
    const y = 408 + row * 15;
    const left = `M${168 - row * 8} ${y}C250 ${y - 16} 370 ${y - 12} ${446 - row * 30} ${y + 20 - row * 10}`;
    const right = `M${792 + row * 8} ${y}C710 ${y - 16} 590 ${y - 12} ${514 + row * 30} ${y + 20 - row * 10}`;
    return [line(left, '#e3cb95', 5), line(right, '#dcc08a', 5)];
  });
}

interface SeaLayer {
  base: number;
  rise: number;
  reach: number;
  colour: string;
  travel: number;
  swell: number;
}

/** Height of a layer's crest: a mound that thins out to the sides, with waves that run along it. */
function crestAt(layer: SeaLayer, x: number, time: number): number {
  const away = Math.abs(x - MIDDLE) / layer.reach;
  const mound = Math.max(0, 1 - away ** 4);
  const wave = layer.swell * swing(x / 132 - layer.travel * time + layer.base / 100);
  return layer.base - mound * (layer.rise + wave);
}

function seaLayer(time: number, layer: SeaLayer): string {
  const { base, reach, colour } = layer;
  const points: string[] = [];
  for (let x = MIDDLE - reach; x <= MIDDLE + reach; x += 6) {
    points.push(`${num(x)} ${num(crestAt(layer, x, time))}`);
  }
  const fold = `Q${MIDDLE + reach / 2} ${base - 2} ${MIDDLE} ${base + 26}Q${MIDDLE - reach / 2} ${base - 2} ${MIDDLE - reach} ${base}Z`;
  const top = points.slice(4, -4).join('L');
  return path(`M${points.join('L')}${fold}`, colour) + line(`M${top}`, COLOURS.foam, 3.5, 'opacity="0.75"');
}

function boat(time: number): string {
  const drawing = [
    line('M0 -96V-58', COLOURS.cream, 4),
    path(
      `M0 -100Q16 -${num(106 + 3 * swing(time, 2))} 34 -94Q18 -${num(86 - 3 * swing(time, 2))} 0 -80Z`,
      COLOURS.coral,
    ),
    path('M-4 -66L-52 0H52Z', '#ffffff'),
    path('M-4 -66L52 0H8Z', '#d7e2f2'),
    path('M-92 -22L-62 34H62L92 -22L40 0H-40Z', '#f4f7fc'),
    path('M92 -22L62 34H0L40 0Z', '#c9d7ea'),
  ].join('');
  return at(MIDDLE + 10 * swing(time), 296 + 6 * swing(time, 1, 0.25), drawing, 5 * swing(time, 1, 0.4));
}

/** The story's light, going up from the pages; each spark lives one loop. */
function sparks(time: number): string {
  const next = seeded(5);
  return Array.from({ length: 20 }, () => {
    const x = 220 + next() * 520;
    const life = fraction(time + next());
    const sway = 16 * swing(life, 1, next());
    const size = (5 + next() * 8) * Math.sin(Math.PI * life);
    const colour = next() < 0.7 ? COLOURS.amber : COLOURS.mint;
    return at(x + sway, 400 - life * (190 + next() * 150), sparkle(size, colour));
  }).join('');
}
