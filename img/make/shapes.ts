import { COLOURS } from './palette.ts';
import { WIDTH } from './scene.ts';
import { seeded, swing } from './motion.ts';

/** A coordinate as text: short, and the same on every machine. */
export function num(value: number): string {
  return String(Math.round(value * 100) / 100);
}

export function circle(x: number, y: number, radius: number, fill: string, opacity = 1): string {
  return `<circle cx="${num(x)}" cy="${num(y)}" r="${num(radius)}" fill="${fill}" opacity="${num(opacity)}"/>`;
}

export function path(d: string, fill: string, more = ''): string {
  return `<path d="${d}" fill="${fill}" ${more}/>`;
}

/** A line without a fill, with round ends. */
export function line(d: string, colour: string, width: number, more = ''): string {
  const ends = 'stroke-linecap="round" stroke-linejoin="round"';
  return `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${num(width)}" ${ends} ${more}/>`;
}

/** Puts a drawing somewhere: moved, turned (degrees) about its own origin, scaled. */
export function at(x: number, y: number, drawing: string, turn = 0, scale = 1): string {
  return `<g transform="translate(${num(x)} ${num(y)}) rotate(${num(turn)}) scale(${num(scale)})">${drawing}</g>`;
}

/** A star with four points around (0, 0). */
export function sparkle(size: number, fill: string, opacity = 1): string {
  const s = num(size);
  const c = num(size * 0.14);
  const d = `M0 -${s}Q${c} -${c} ${s} 0Q${c} ${c} 0 ${s}Q-${c} ${c} -${s} 0Q-${c} -${c} 0 -${s}Z`;
  return path(d, fill, `opacity="${num(opacity)}"`);
}

/** Stars in the upper part of the picture, each twinkling at its own pace. */
export function stars(time: number, seed: number, count: number, height: number): string {
  const next = seeded(seed);
  return Array.from({ length: count }, () => {
    const x = next() * WIDTH;
    const y = next() * height;
    const size = 1 + next() * 1.5;
    const glow = 0.55 + 0.4 * swing(time, 1 + Math.floor(next() * 2), next());
    return circle(x, y, size, COLOURS.mist, next() < 0.4 ? glow : 0.6);
  }).join('');
}

export interface Wave {
  level: number;
  height: number;
  length: number;
  /** Whole lengths travelled in one loop; below zero goes left. */
  travel: number;
  phase: number;
}

/** The height of a travelling wave at x. */
export function waveAt(wave: Wave, x: number, time: number): number {
  return wave.level + wave.height * swing(x / wave.length - time * wave.travel + wave.phase);
}

/** Points of a wave's crest from `from` to `to`, as SVG line commands. */
export function crest(wave: Wave, time: number, from = -10, to = WIDTH + 10): string {
  const points: string[] = [];
  for (let x = from; x <= to; x += 10) points.push(`${num(x)} ${num(waveAt(wave, x, time))}`);
  return `M${points.join('L')}`;
}
