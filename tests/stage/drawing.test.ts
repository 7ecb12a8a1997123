import { expect, test } from 'vitest';
import { changeDrawings, toPath, type Drawings } from '../../src/stage/drawing.ts';
import type { DrawingChange } from '../../src/stage/stage-schema.ts';

const on = { slide: 'one', by: 'me' };
const draw = (id: string, points: number[]): DrawingChange => ({
  ...on,
  type: 'stroke',
  id,
  colour: 'red',
  points,
});
const after = (...changes: DrawingChange[]): Drawings => changes.reduce(changeDrawings, {} as Drawings);

test('a line grows piece by piece, and another one begins beside it', () => {
  const drawings = after(draw('a', [1, 1]), draw('a', [2, 2]), draw('b', [9, 9]));
  expect(drawings['one']?.map((stroke) => stroke.points)).toEqual([
    [1, 1, 2, 2],
    [9, 9],
  ]);
});

test('undo takes the last line back, wiping takes all of the slide', () => {
  expect(after(draw('a', [1, 1]), draw('b', [2, 2]), { ...on, type: 'undo' })['one']).toHaveLength(1);
  const other = { ...draw('c', [3, 3]), slide: 'two' };
  expect(Object.keys(after(draw('a', [1, 1]), other, { ...on, type: 'wipe' }))).toEqual(['two']);
});

test('a pen that is left lying on the slide does not fill the memory', () => {
  const points = Array.from({ length: 2000 }, (_, i) => i);
  const drawings = after(...Array.from({ length: 50 }, () => draw('a', points)));
  expect(drawings['one']?.[0]?.points.length).toBe(8000);
});

test('a line is drawn through all its points, a dot as well', () => {
  expect(toPath([1, 2])).toBe('M1 2L1 2');
  expect(toPath([0, 0, 10, 10, 20, 0])).toBe('M0 0Q10 10 15 5L20 0');
});
