import type { Slide } from '../deck/deck.ts';
import type { Position } from '../stage/stage-state.ts';

/**
 * Where the talk is after a save: on the same slide, found by its id, or by its distance from either end when it has
 * none. The same object when nothing moved.
 */
export function toKeptPosition(
  position: Position,
  before: readonly Slide[],
  after: readonly Slide[],
): Position {
  const index = before.findIndex((slide) => slide.h === position.h && slide.v === position.v);
  const here = before[index];
  if (here === undefined) return position;
  const found =
    after.find((slide) => here.id !== '' && slide.id === here.id) ?? byNeighbours(index, before, after);
  if (found === undefined || (found.h === here.h && found.v === here.v)) return position;
  return { h: found.h, v: found.v, f: position.f };
}

/** A slide without an id: as far behind the last slide before it that has one. */
function byNeighbours(index: number, before: readonly Slide[], after: readonly Slide[]): Slide | undefined {
  for (let back = 1; back <= index; back += 1) {
    const id = before[index - back]?.id ?? '';
    const anchor = id === '' ? -1 : after.findIndex((slide) => slide.id === id);
    if (anchor !== -1) return after[Math.min(anchor + back, after.length - 1)];
  }
  return after[Math.min(index, after.length - 1)];
}
