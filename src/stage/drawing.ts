/** What the speaker has drawn on slides: lines in the slide's own pixels, by `slideKey`. Pure. */
import { entryOf } from '../demo/run/entry-of.ts';
import type { DrawingChange, Stroke } from './stage-schema.ts';

/** By slide key. */
export type Drawings = Readonly<Record<string, readonly Stroke[]>>;

/** A pen left on the table must not fill the memory of every screen. */
const MAX_STROKES = 400;
const MAX_NUMBERS = 8000;

/** The drawings after a change; a stroke that is there already grows at its end. */
export function changeDrawings(drawings: Drawings, change: DrawingChange): Drawings {
  const before = entryOf(drawings, change.slide) ?? [];
  const after = changeSlide(before, change);
  if (after.length > 0) return { ...drawings, [change.slide]: after };
  const { [change.slide]: _wiped, ...others } = drawings;
  return others;
}

function changeSlide(strokes: readonly Stroke[], change: DrawingChange): readonly Stroke[] {
  switch (change.type) {
    case 'wipe':
      return [];
    case 'undo':
      return strokes.slice(0, -1);
    case 'stroke': {
      const { id, colour } = change;
      const grown = strokes.find((stroke) => stroke.id === id)?.points ?? [];
      const points = [...grown, ...change.points].slice(0, MAX_NUMBERS);
      const others = strokes.filter((stroke) => stroke.id !== id);
      return [...others, { id, colour, points }].slice(-MAX_STROKES);
    }
  }
}

/** The `d` of an SVG path along the points: curves through the middles, so that a hand's corners don't show. */
export function toPath(points: readonly number[]): string {
  const [x = 0, y = 0] = points;
  let d = `M${x} ${y}`;
  for (let i = 2; i + 3 < points.length; i += 2) {
    const [ax = 0, ay = 0, bx = 0, by = 0] = points.slice(i, i + 4);
    d += `Q${ax} ${ay} ${(ax + bx) / 2} ${(ay + by) / 2}`;
  }
  const [endX = x, endY = y] = points.slice(-2);
  return `${d}L${endX} ${endY}`;
}
