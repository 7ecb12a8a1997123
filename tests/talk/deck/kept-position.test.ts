import { describe, expect, test } from 'vitest';
import { toKeptPosition } from '../../../src/talk/deck/kept-position.ts';
import { compileDeck } from '../../../src/deck/compile.ts';
import type { Slide } from '../../../src/deck/deck.ts';

/** A slide a name, one after the other; an empty name is a slide without an id. */
const slides = (...names: string[]): Slide[] =>
  names.map((id, h) => ({ h, v: 0, id, title: id, line: h + 1, number: h + 1 }));
const at = (h: number, f = -1) => ({ h, v: 0, f });

describe('where the talk is after a save', () => {
  test('is the same place, as the same object, when nothing moved', () => {
    const here = at(1, 2);
    expect(toKeptPosition(here, slides('a', 'b'), slides('a', 'b', 'c'))).toBe(here);
  });

  test('is the same slide and step when slides came before it, or went', () => {
    expect(toKeptPosition(at(1, 2), slides('a', 'b'), slides('new', 'a', 'b'))).toEqual(at(2, 2));
    expect(toKeptPosition(at(2, 0), slides('a', 'b', 'c'), slides('a', 'c'))).toEqual(at(1, 0));
  });

  test('is the same slide in another stack', () => {
    const before = compileDeck('# A\n\n## B\n\n## C\n').slides;
    const after = compileDeck('# A\n\n## B\n\n# New\n\n## C\n').slides;
    const place = (all: readonly Slide[]) =>
      all.filter(({ id }) => id === 'c').map(({ h, v }) => ({ h, v, f: 1 }))[0];
    expect(toKeptPosition(place(before) ?? at(0), before, after)).toEqual(place(after));
  });

  test('of a slide without an id is as far behind the one before that has one', () => {
    expect(toKeptPosition(at(2), slides('a', 'b', '', 'c'), slides('new', 'a', 'b', '', 'c'))).toEqual(at(3));
  });

  test('of a slide that is gone is near where it was', () => {
    expect(toKeptPosition(at(2), slides('a', 'b', 'c'), slides('new', 'a', 'b'))).toEqual(at(2));
    expect(toKeptPosition(at(2), slides('a', 'b', 'c'), slides('a'))).toEqual(at(0));
  });

  test('stays when the deck became empty, or when it was nowhere', () => {
    expect(toKeptPosition(at(1), slides('a', 'b'), [])).toEqual(at(1));
    expect(toKeptPosition(at(9), slides('a'), slides('b'))).toEqual(at(9));
  });
});
