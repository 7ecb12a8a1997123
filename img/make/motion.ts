/** Movement as functions of the scene's time in [0, 1): everything here starts and ends alike, so that loops have no seam. */

const TAU = Math.PI * 2;

/** A sine: `cycles` must be whole for the loop to close; `phase` is in turns. From -1 to 1. */
export function swing(time: number, cycles = 1, phase = 0): number {
  return Math.sin(TAU * (time * cycles + phase));
}

/** The same from 0 to 1. */
export function breathe(time: number, cycles = 1, phase = 0): number {
  return (swing(time, cycles, phase) + 1) / 2;
}

/** How far `time` is through the part from `start` to `end`: 0 before it, 1 after it. */
export function part(time: number, start: number, end: number): number {
  return Math.min(1, Math.max(0, (time - start) / (end - start)));
}

/** Up from 0 to 1 and down again within the part. */
export function pulse(time: number, start: number, end: number): number {
  return Math.sin(Math.PI * part(time, start, end));
}

/** The fraction of a number, also right below zero. */
export function fraction(value: number): number {
  return value - Math.floor(value);
}

export function between(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}

/** Slow, fast, slow. */
export function easeInOut(share: number): number {
  return share < 0.5 ? 4 * share ** 3 : 1 - (2 - 2 * share) ** 3 / 2;
}

/** Fast, then slow. */
export function easeOut(share: number): number {
  return 1 - (1 - share) ** 3;
}

/** Numbers in [0, 1) that are the same in every run (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
