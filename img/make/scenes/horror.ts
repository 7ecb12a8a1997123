import { breathe, easeOut, fraction, part, swing } from '../motion.ts';
import { COLOURS } from '../palette.ts';
import type { Scene } from '../scene.ts';
import { at, circle, crest, line, num, path, type Wave } from '../shapes.ts';

/**
 * A graveyard of two terminals, one per platform, each haunted by its own failed build. It lies behind a white title, so
 * nothing here is bright for long, and the lightning is one faint flash in five seconds.
 */
export const horror: Scene = { file: 'horror.gif', width: 1280, frames: 74, delayMs: 60, draw };

const FLASH = 0.58;
const GROUND = '#04060c';

function draw(time: number): string {
  return [
    `<rect width="960" height="540" fill="#080c18"/>`,
    circle(480, 250, 330, '#0b1122'),
    circle(480, 250, 255, '#0f172d'),
    circle(480, 250, 185, '#16203c'),
    circle(420, 168, 34, '#131c36'),
    circle(552, 190, 22, '#131c36'),
    circle(498, 128, 14, '#131c36'),
    circle(566, 330, 30, '#131c36'),
    circle(394, 322, 18, '#131c36'),
    `<rect width="960" height="540" fill="#33437c" opacity="${flash(time)}"/>`,
    bolt(time),
    bats(time),
    ghost(time, { x: 208, y: 168, size: 1, phase: 0, face: 'prompt' }),
    ghost(time, { x: 760, y: 150, size: 0.92, phase: 0.45, face: 'dead' }),
    fog(time, { level: 400, height: 9, length: 320, travel: 1, phase: 0.2 }, '#0e1529'),
    trees(),
    path('M0 488C120 444 260 432 380 460S640 480 760 444S920 450 960 460V540H0Z', GROUND),
    stone(time, 'round', 196, 452, -5),
    stone(time, 'square', 764, 446, 4),
    fog(time, { level: 488, height: 8, length: 480, travel: -1, phase: 0.5 }, '#0d1426'),
    fog(time, { level: 512, height: 7, length: 320, travel: 1, phase: 0.1 }, '#121b34'),
  ].join('');
}

/** The sky's light: on, half, off. Each change draws the whole picture, so there are only three. */
function flash(time: number): number {
  if (time < FLASH || time > FLASH + 0.1) return 0;
  return time < FLASH + 0.045 ? 0.2 : 0.09;
}

function fog(time: number, wave: Wave, colour: string): string {
  return path(`${crest(wave, time)}V560H-10Z`, colour);
}

function bolt(time: number): string {
  const grow = easeOut(part(time, FLASH, FLASH + 0.03));
  const fade = 1 - part(time, FLASH + 0.04, FLASH + 0.14);
  if (grow === 0 || fade === 0) return '';
  const d = 'M560 -10L532 58L566 66L520 138L548 144L498 226';
  const more = `pathLength="1" stroke-dasharray="${num(grow)} 1" opacity="${num(0.8 * fade)}"`;
  return line(d, COLOURS.mist, 7, more);
}

function bats(time: number): string {
  const flock = [
    { x: 400, y: 120, reach: 120, phase: 0, size: 1 },
    { x: 560, y: 96, reach: 150, phase: 0.35, size: 0.75 },
    { x: 470, y: 168, reach: 170, phase: 0.7, size: 0.6 },
  ];
  const drawn = flock.map(({ x, y, reach, phase, size }, index) => {
    const flap = 13 * swing(time, 10, phase);
    const wing = `C10 ${num(-18 - flap)} 30 ${num(-16 - flap)} 44 ${num(-4 - flap)}C34 ${num(-6 - flap / 2)} 28 2 26 8C20 0 12 2 8 10Z`;
    const half = path(`M0 -4${wing}`, GROUND);
    const body = `<g>${half}<g transform="scale(-1 1)">${half}</g>${circle(0, 2, 8, GROUND)}</g>`;
    return at(
      x + reach * swing(time, 1, phase),
      y + 26 * swing(time, 2, phase + index / 7),
      body,
      8 * swing(time, 1, phase),
      size,
    );
  });
  return drawn.join('');
}

interface Ghost {
  x: number;
  y: number;
  size: number;
  phase: number;
  face: 'prompt' | 'dead';
}

function ghost(time: number, { x, y, size, phase, face }: Ghost): string {
  const hem = Array.from({ length: 25 }, (_, step) => {
    const along = 62 - step * (124 / 24);
    const wave = 9 * swing(step / 8 + 0.25, 1, time + phase);
    return `${num(along + 8 * swing(time, 1, phase + 0.2))} ${num(74 + wave)}`;
  });
  const body = `M-56 -8C-56 -92 56 -92 56 -8C58 26 ${num(60 + 6 * swing(time, 1, phase))} 50 ${hem.join('L')}C${num(-60 + 6 * swing(time, 1, phase))} 50 -58 26 -56 -8Z`;
  const drawing = [
    path(body, '#2c3a69'),
    path(
      'M-56 -8C-56 -60 -24 -70 0 -70C-26 -62 -40 -40 -38 0C-36 30 -42 56 -50 72C-58 44 -57 26 -56 -8Z',
      '#3a4b82',
    ),
    eyes(time, face),
  ].join('');
  const lift = 14 * swing(time, 1, phase);
  return at(x + 12 * swing(time, 1, phase + 0.3), y + lift, drawing, 5 * swing(time, 1, phase + 0.1), size);
}

function cross(x: number): string {
  return `M${x - 9} -29L${x + 9} -11M${x + 9} -29L${x - 9} -11`;
}

/** One ghost looks like a prompt that waits (`> _`), the other like a build that failed (`x x`). */
function eyes(time: number, face: Ghost['face']): string {
  const colour = '#a9b9ee';
  if (face === 'prompt') {
    const cursor = fraction(time * 4 + 0.2) < 0.5 ? line('M12 -6H34', colour, 6) : '';
    return (
      line('M-30 -30L-12 -18L-30 -6', colour, 6) +
      cursor +
      path('M-6 18A10 12 0 0 1 14 18A10 14 0 0 1 -6 18Z', '#0c1224')
    );
  }
  return line(cross(-20) + cross(20), colour, 6) + path('M-13 26A13 16 0 0 1 13 26Q0 18 -13 26Z', '#0c1224');
}

/** A terminal window that stands on its grave; round buttons on the left or square ones on the right. */
function stone(time: number, kind: 'round' | 'square', x: number, y: number, turn: number): string {
  const buttons = [0, 1, 2].map((button) =>
    kind === 'round'
      ? circle(-96 + button * 20, -132, 6, ['#7a3b3d', '#7d6237', '#33705f'][button] ?? '')
      : `<rect x="${52 + button * 20}" y="-138" width="12" height="12" rx="2" fill="#33416f"/>`,
  );
  const rows = [
    { length: 96, colour: '#33416f' },
    { length: 150, colour: '#793c40' },
    { length: 118, colour: '#793c40' },
  ];
  const written = rows.map(({ length, colour }, row) => line(`M-92 ${-98 + row * 24}h${length}`, colour, 9));
  const glow = num(0.35 + 0.65 * breathe(time, 2, kind === 'round' ? 0 : 0.5));
  const drawing = [
    `<rect x="-118" y="-152" width="236" height="190" rx="14" fill="#1a2442"/>`,
    `<rect x="-114" y="-148" width="228" height="190" rx="11" fill="#0a0f1f"/>`,
    path('M-114 -114V-137A11 11 0 0 1 -103 -148H103A11 11 0 0 1 114 -137V-114Z', '#151e39'),
    ...buttons,
    ...written,
    `<rect x="-96" y="-32" width="14" height="20" fill="#5b6fae" opacity="${glow}"/>`,
  ].join('');
  const mound = path('M-170 40C-130 6 -60 12 0 18S130 6 176 40L180 70H-180Z', GROUND);
  return at(x, y, drawing, turn) + at(x, y, mound);
}

/** Bare trees at both edges. */
function trees(): string {
  const branches: [string, number][] = [
    ['M0 220C4 150 -6 110 2 60', 24],
    ['M2 70C2 40 12 20 10 -30', 13],
    ['M0 110C20 84 46 70 54 34', 11],
    ['M-1 84C-18 60 -34 50 -38 14', 10],
    ['M8 6C18 -6 26 -14 28 -34M36 66C52 60 62 58 72 44M-24 48C-40 44 -52 40 -60 26', 7],
    ['M10 -28C4 -40 0 -46 -2 -58M54 36C52 24 54 16 60 4M-38 16C-42 4 -42 -4 -36 -16', 6],
  ];
  const tree = branches.map(([d, width]) => line(d, GROUND, width)).join('');
  return at(34, 262, tree, 0, 1.1) + at(928, 270, `<g transform="scale(-1 1)">${tree}</g>`, 0, 1.02);
}
