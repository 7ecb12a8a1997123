import { eastAsianWidth } from 'get-east-asian-width';

import type { Alignment } from '../../ast.ts';

/** Columns as a line of dashes draws them: `-----  --- -------`. */
export interface Columns {
  /** Where each column starts, and where the last one ends. */
  starts: number[];
  /** Dashes in each. */
  lengths: number[];
}

export function readColumns(line: string): Columns | undefined {
  if (!/^ {0,3}-[- ]*$/.test(line)) return undefined;
  const starts: number[] = [];
  const lengths: number[] = [];
  let end = 0;
  for (const match of line.matchAll(/(-+)( *)/g)) {
    starts.push(match.index);
    lengths.push(match[1]?.length ?? 0);
    end = match.index + match[0].length;
  }
  return { starts: [...starts, end], lengths };
}

/** The parts of a line that stand in each column; the last one takes the rest. */
export function splitLine(line: string, columns: Columns): string[] {
  const ends = columns.starts.slice(1).map((end) => offsetOfColumn(line, end));
  const last = columns.lengths.length - 1;
  return columns.lengths.map((_, index) => {
    const start = index === 0 ? (columns.starts[0] ?? 0) : ends[index - 1];
    return line.slice(start, index === last ? undefined : ends[index]);
  });
}

/** Wide characters, as Chinese and Japanese ones are, take two columns. */
const NARROW_ONLY = /^[\u0020-\u02ff]*$/;

function widthOf(text: string): number {
  if (NARROW_ONLY.test(text)) return text.length;
  let width = 0;
  for (const char of text) width += charWidth(char);
  return width;
}

function charWidth(char: string): number {
  return /\p{M}/u.test(char) ? 0 : eastAsianWidth(char.codePointAt(0) ?? 0);
}

/** How many characters of a line stand in its first `columns` columns. */
function offsetOfColumn(line: string, columns: number): number {
  if (NARROW_ONLY.test(line)) return columns;
  let offset = 0;
  let width = 0;
  for (const char of line) {
    if (width >= columns) break;
    width += charWidth(char);
    offset += char.length;
  }
  return offset;
}

/** A heading that touches the right end of its dashes only is right-aligned, and so on. */
export function alignmentOf(texts: readonly string[], length: number): Alignment {
  const shortest = texts
    .map((text) => text.trimEnd())
    .filter((text) => text !== '')
    .toSorted((a, b) => widthOf(a) - widthOf(b))[0];
  if (shortest === undefined) return 'default';
  const leftSpace = shortest.startsWith(' ');
  const rightSpace = widthOf(shortest) < length;
  if (leftSpace && rightSpace) return 'center';
  if (leftSpace) return 'right';
  return rightSpace ? 'left' : 'default';
}

/** pandoc counts widths in parts of a line of 72. */
const LINE = 72;

export function widthsOf(columns: Columns): number[] {
  const { starts, lengths } = columns;
  const ends = lengths.map((_, index) => (starts[index + 1] ?? 0) + (index === lengths.length - 1 ? 1 : 0));
  const spans = ends.map((end, index) => end - ((index === 0 ? starts[0] : ends[index - 1]) ?? 0));
  const last = spans.length - 1;
  const before = spans[last - 1] ?? 0;
  const final = spans[last] ?? 0;
  // The space behind a column counts for all but the last.
  if (last > 0 && final < before && before - final <= 2) spans[last] = before;
  const total = spans.reduce((sum, span) => sum + span, 0);
  return spans.map((span) => span / Math.max(total, LINE));
}
