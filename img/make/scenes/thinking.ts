import { breathe, easeInOut, between, fraction, part, swing } from '../motion.ts';
import { COLOURS } from '../palette.ts';
import type { Scene } from '../scene.ts';
import { at, circle, crest, line, num, path, stars, type Wave } from '../shapes.ts';

/**
 * A lighthouse looks for a way out: its beam rests on one option after the other and lights it up. It lies behind a white
 * title in the middle, so the beam is faint and the options stand around the title.
 */
export const thinking: Scene = { file: 'thinking_2.gif', width: 1280, frames: 84, delayMs: 70, draw };

const LAMP = { x: 480, y: 396 };

interface Option {
  x: number;
  y: number;
  /** The sign, drawn in strokes around (0, 0). */
  sign: string;
}

/** A wrench (build it by hand), a parcel (a PEX), a machine in a machine, and what nobody has thought of yet. */
const OPTIONS: Option[] = [
  { x: 120, y: 378, sign: 'M-26 26L4 -4M14 -30A22 22 0 1 0 30 -14L16 -8L8 -16Z' },
  { x: 660, y: 104, sign: 'M-28 -14L0 -28L28 -14V16L0 30L-28 16ZM-28 -14L0 0L28 -14M0 0V30M-14 -21L14 -7' },
  { x: 300, y: 104, sign: 'M-32 -26H32V18H-32ZM-14 30H14M0 18V30M-15 -13H15V5H-15Z' },
  { x: 840, y: 378, sign: 'M-16 -14C-16 -38 18 -36 17 -13C16 2 0 0 0 14M0 29V30' },
];

function draw(time: number): string {
  const lights = OPTIONS.map((_, index) => lit(time, index));
  return [
    `<rect width="960" height="540" fill="${COLOURS.abyss}"/>`,
    stars(time, 29, 44, 400),
    sea(time, { level: 436, height: 4, length: 320, travel: 1, phase: 0 }, '#0b1429'),
    beam(angleAt(time)),
    ...OPTIONS.map((option, index) => board(option, lights[index] ?? 0)),
    lighthouse(time),
    sea(time, { level: 470, height: 6, length: 480, travel: -1, phase: 0.3 }, '#101d3b'),
    sea(time, { level: 502, height: 7, length: 320, travel: 1, phase: 0.6 }, '#152750'),
  ].join('');
}

function sea(time: number, wave: Wave, colour: string): string {
  return path(`${crest(wave, time)}V560H-10Z`, colour);
}

/** Where an option stands as seen from the lamp, in degrees from straight up. */
function bearing({ x, y }: Option): number {
  return (Math.atan2(x - LAMP.x, LAMP.y - y) * 180) / Math.PI;
}

/** The beam's direction: it rests for most of each quarter, then swings on, in the last quarter back to the first. */
function angleAt(time: number): number {
  const quarter = time * OPTIONS.length;
  const now = OPTIONS[Math.floor(quarter) % OPTIONS.length];
  const then = OPTIONS[(Math.floor(quarter) + 1) % OPTIONS.length];
  if (now === undefined || then === undefined) return 0;
  const share = easeInOut(part(fraction(quarter), 0.5, 1));
  const doubt = 2.2 * swing(fraction(quarter), 2) * (1 - part(fraction(quarter), 0, 0.5));
  return between(bearing(now), bearing(then), share) + doubt;
}

/** How brightly an option shines: by how near the beam's middle is. */
function lit(time: number, index: number): number {
  const option = OPTIONS[index];
  if (option === undefined) return 0;
  const away = Math.abs(angleAt(time) - bearing(option));
  return 1 - part(away, 4, 16);
}

function beam(angle: number): string {
  const cone = (half: number, far: number) => {
    const side = (degrees: number) => {
      const radians = (degrees * Math.PI) / 180;
      return `${num(far * Math.sin(radians))} ${num(-far * Math.cos(radians))}`;
    };
    return `M0 0L${side(angle - half)}A${far} ${far} 0 0 1 ${side(angle + half)}Z`;
  };
  const light = path(cone(11, 1100), '#131b33') + path(cone(6.5, 1100), '#1c2644');
  return at(LAMP.x, LAMP.y, light);
}

/** An option on its round board; the lit one swells. */
function board({ x, y, sign }: Option, light: number): string {
  const glow = easeInOut(light);
  const scale = 1 + 0.1 * glow;
  const drawing = [
    circle(0, 0, 66, COLOURS.amber, 0.16 * glow),
    circle(0, 0, 54, '#0d1530'),
    circle(0, 0, 54, COLOURS.amber, glow),
    line(sign, '#34457c', 7),
    line(sign, '#2a1a05', 7, `opacity="${num(glow)}"`),
  ].join('');
  return at(x, y, drawing, 0, scale);
}

function lighthouse(time: number): string {
  const glow = 0.75 + 0.25 * breathe(time, 4);
  const drawing = [
    path('M-70 92C-56 46 -34 52 -12 46S56 46 74 92Z', '#18233f'),
    path('M-18 64L-12 14H12L18 64Z', '#d8dfee'),
    path('M-16.200 49L-14.400 34H14.400L16.200 49Z', COLOURS.brick),
    path('M-13.200 24L-12.600 19H12.600L13.200 24Z', COLOURS.brick),
    path('M2 14H12L18 64H2Z', '#05070f', 'opacity="0.25"'),
    `<rect x="-19" y="9" width="38" height="6" rx="2" fill="#2c3c6e"/>`,
    circle(0, -1, 27, COLOURS.amber, 0.18 * glow),
    `<rect x="-11" y="-11" width="22" height="20" rx="3" fill="${COLOURS.amber}"/>`,
    circle(0, -1, 7, COLOURS.cream),
    path('M-15 -10L0 -23L15 -10Z', COLOURS.brick),
  ].join('');
  return at(LAMP.x, LAMP.y, drawing, 0, 1.45);
}
