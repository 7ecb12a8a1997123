import type { Alignment, Block, Cell } from '../../ast.ts';
import type { Reading } from '../../compilation.ts';
import { readBlocks } from '../../runs.ts';
import { lineLength } from '../../text/text.ts';
import { compactCell } from './grid-cell.ts';
import type { TableReading } from './table-cell.ts';

/** A table drawn with `+`, `-`, `=` and `|`: cells hold blocks, and may span rows and columns. */
export function readGridTable(cx: Reading, src: string): TableReading | undefined {
  if (!/^ {0,3}\+[-:+]+\+[ \t]*\n/.test(src.slice(0, lineLength(src)))) return undefined;
  const grid = readLines(src);
  if (grid === undefined) return undefined;
  const boxes = findBoxes(grid.lines);
  if (boxes === undefined) return undefined;
  const rowStarts = sortedUnique(boxes.map((box) => box.top));
  const columnStarts = sortedUnique(boxes.map((box) => box.left));
  const doubles = grid.lines.flatMap((line, index) =>
    /^\+[=:+]+\+$/.test(line) && line.includes('=') ? [index] : [],
  );
  const right = Math.max(...boxes.map((box) => box.right));
  const rows = rowStarts.map((top) => toRow(cx, grid.lines, boxes, top, rowStarts, columnStarts));
  const { headEnd, footStart } = parts(doubles, grid.lines.length);
  const isIn = (from: number, to: number) => (_: Cell[], index: number) =>
    lineOfRow(index) >= from && lineOfRow(index) < to;
  const lineOfRow = (index: number) => rowStarts[index] ?? 0;
  const marks = grid.lines[headEnd > 0 ? headEnd : 0] ?? '';
  return {
    alignments: columnStarts.map((start, index) => alignment(marks, start, columnStarts[index + 1] ?? right)),
    widths: columnStarts.map((start, index) => columnWidth(start, columnStarts[index + 1] ?? right, right)),
    head: unlessEmpty(rows.filter(isIn(0, headEnd))),
    body: rows.filter(isIn(headEnd, footStart)),
    foot: unlessEmpty(rows.filter(isIn(footStart, Infinity))),
    length: grid.length,
  };
}

/** A double line under the first rows makes them the head; two at the end make a foot. */
function parts(doubles: number[], count: number): { headEnd: number; footStart: number } {
  const last = doubles.at(-1);
  const hasFoot = doubles.length >= 2 && last === count - 1;
  return { headEnd: doubles[0] ?? 0, footStart: hasFoot ? (doubles.at(-2) ?? count) : count };
}

/** A head or a foot without a word in it isn't drawn. */
function unlessEmpty(rows: Cell[][]): Cell[][] {
  return rows.some((row) => row.some((cell) => cell.blocks.length > 0)) ? rows : [];
}

/** Wider or longer ones are no tables for a slide. */
const MAX_LINES = 500;
const MAX_COLUMNS = 400;

function readLines(src: string): { lines: string[]; length: number } | undefined {
  const lines: string[] = [];
  let at = 0;
  while (at < src.length && lines.length <= MAX_LINES) {
    const line = src.slice(at, at + lineLength(src, at)).trim();
    if (!/^[|+]/.test(line)) break;
    lines.push(line);
    at += lineLength(src, at);
  }
  // What follows the last closed frame is not part of it.
  const last = lines.findLastIndex((line) => /^\+[-=:+]+\+$/.test(line));
  if (last < 1 || lines.length > MAX_LINES || last !== lines.length - 1) return undefined;
  const width = lines[0]?.length ?? 0;
  if (width > MAX_COLUMNS) return undefined;
  return { lines: lines.map((line) => line.padEnd(width)), length: at };
}

interface Box {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

/** The cells, found by walking their frames from each upper left corner. */
function findBoxes(lines: string[]): Box[] | undefined {
  const boxes: Box[] = [];
  const corners: [number, number][] = [[0, 0]];
  const seen = new Set<string>(['0,0']);
  const height = lines.length - 1;
  const width = (lines[0]?.trimEnd().length ?? 0) - 1;
  for (let index = 0; index < corners.length; index++) {
    const [top, left] = corners[index] ?? [0, 0];
    if (top >= height || left >= width) continue;
    const box = findBox(lines, top, left);
    if (box === undefined) continue;
    boxes.push(box);
    for (const corner of [
      [box.top, box.right],
      [box.bottom, box.left],
    ] as [number, number][]) {
      const key = corner.join(',');
      if (!seen.has(key)) corners.push(corner);
      seen.add(key);
    }
  }
  const area = boxes.reduce((sum, box) => sum + (box.bottom - box.top) * (box.right - box.left), 0);
  return area === height * width ? boxes : undefined;
}

function findBox(lines: string[], top: number, left: number): Box | undefined {
  const edge = lines[top] ?? '';
  if (edge[left] !== '+') return undefined;
  for (let right = left + 1; right < edge.length && /[-=:+]/.test(edge[right] ?? ''); right++) {
    if (edge[right] !== '+') continue;
    const bottom = findBottom(lines, top, left, right);
    if (bottom !== undefined) return { top, left, bottom, right };
  }
  return undefined;
}

function findBottom(lines: string[], top: number, left: number, right: number): number | undefined {
  for (let bottom = top + 1; bottom < lines.length; bottom++) {
    const line = lines[bottom] ?? '';
    if (!/[|+]/.test(line[left] ?? ' ') || !/[|+]/.test(line[right] ?? ' ')) return undefined;
    if (line[left] === '+' && line[right] === '+' && /^[-=:+]+$/.test(line.slice(left, right + 1)))
      return bottom;
  }
  return undefined;
}

function toRow(
  cx: Reading,
  lines: string[],
  boxes: Box[],
  top: number,
  rowStarts: number[],
  columnStarts: number[],
): Cell[] {
  return boxes
    .filter((box) => box.top === top)
    .toSorted((a, b) => a.left - b.left)
    .map((box) => ({
      blocks: cellBlocks(cx, lines, box),
      rows: rowStarts.filter((start) => start >= box.top && start < box.bottom).length,
      columns: columnStarts.filter((start) => start >= box.left && start < box.right).length,
    }));
}

function cellBlocks(cx: Reading, lines: string[], box: Box): Block[] {
  const texts = lines
    .slice(box.top + 1, box.bottom)
    .map((line) => line.slice(box.left + 1, box.right).trimEnd());
  // One space stands between a frame and its text; more of them are the text's own.
  const isIndented = texts.every((text) => text === '' || text.startsWith(' '));
  const text = (isIndented ? texts.map((line) => line.slice(1)) : texts).join('\n');
  return compactCell(
    readBlocks(cx, `${text.trimEnd()}\n\n`, cx.state.line + box.top + 1, { inListItem: false }),
  );
}

function alignment(line: string, start: number, end: number): Alignment {
  const isLeft = line[start + 1] === ':';
  const isRight = line[end - 1] === ':';
  if (isLeft && isRight) return 'center';
  if (isLeft) return 'left';
  return isRight ? 'right' : 'default';
}

/** In parts of a line of 72, frames included. */
function columnWidth(start: number, end: number, right: number): number {
  return (end - start) / Math.max(right, 72);
}

function sortedUnique(values: number[]): number[] {
  return [...new Set(values)].toSorted((a, b) => a - b);
}
