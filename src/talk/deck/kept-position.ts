import type { Slide } from '../../deck/deck.ts';
import type { Position } from '../../stage/stage-state.ts';

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

/**
 * Keeps the talk's place over saves. When a save takes the slide away that shows, the talk waits beside it, and goes back as soon as the slide
 * is there again, unless the speaker has moved on.
 */
export class KeptPlace {
  #lost: { id: string; f: number; waitsAt: Position } | undefined;

  after(position: Position, before: readonly Slide[], after: readonly Slide[]): Position {
    const lost = this.#lost;
    const isWaiting = lost !== undefined && isSame(lost.waitsAt, position);
    const back = isWaiting ? after.find(({ id }) => id === lost.id) : undefined;
    if (isWaiting && back !== undefined) {
      this.#lost = undefined;
      return { h: back.h, v: back.v, f: lost.f };
    }
    const kept = toKeptPosition(position, before, after);
    const id = before.find(({ h, v }) => h === position.h && v === position.v)?.id ?? '';
    if (isWaiting) this.#lost = { ...lost, waitsAt: kept };
    else if (id !== '' && !after.some((slide) => slide.id === id))
      this.#lost = { id, f: position.f, waitsAt: kept };
    else this.#lost = undefined;
    return kept;
  }
}

function isSame(one: Position, other: Position): boolean {
  return one.h === other.h && one.v === other.v && one.f === other.f;
}
