import type { Alignment } from '../../ast.ts';
import type { Reading } from '../../compilation.ts';
import { countSpaces, isBlankAt, lineLength } from '../../text/text.ts';
import { Unclosed } from '../../text/unclosed.ts';
import { opaqueLength } from '../inline/opaque.ts';
import type { TableReading } from './table-cell.ts';
import { plainCell } from './table-cell.ts';

/** Cells between pipes; the second line is drawn with dashes and colons. Long rows get relative widths. */
export function readPipeTable(cx: Reading, src: string): TableReading | undefined {
  const header = readRow(cx, src, 0);
  if (header === undefined) return undefined;
  const rule = readRule(src, header.end);
  if (rule === undefined) return undefined;
  const count = rule.alignments.length;
  const rows: string[][] = [];
  let at = rule.end;
  for (;;) {
    const row = at < src.length ? readRow(cx, src, at) : undefined;
    if (row === undefined) break;
    rows.push(fit(row.cells, count));
    at = row.end;
  }
  const head = fit(header.cells, count);
  const isHeadless = head.every((cell) => cell.trim() === '');
  const toCells = (cells: string[]) => cells.map((cell) => plainCell(cx, cell));
  return {
    alignments: rule.alignments,
    widths: widths([head, ...rows], rule.lengths),
    head: isHeadless ? [] : [toCells(head)],
    body: rows.map(toCells),
    foot: [],
    length: at,
  };
}

/** Columns of the source that fit on a line; pandoc's default. */
const LINE = 72;

function widths(rows: string[][], lengths: number[]): number[] {
  // The pipes count, too: one before each cell and one behind the last.
  const longest = Math.max(...rows.map((row) => row.reduce((sum, cell) => sum + cell.length + 1, 1)));
  if (longest <= LINE) return [];
  const total = lengths.reduce((sum, length) => sum + length, 0);
  return lengths.map((length) => length / total);
}

function fit(cells: string[], count: number): string[] {
  return Array.from({ length: count }, (_, index) => cells[index] ?? '');
}

function readRow(cx: Reading, src: string, at: number): { cells: string[]; end: number } | undefined {
  const end = at + lineLength(src, at);
  const line = src.slice(at, end).replace(/\n$/, '').trim();
  if (line === '' || !line.includes('|')) return undefined;
  const isOpen = line.startsWith('|');
  const { cells, pipes } = splitCells(cx, isOpen ? line.slice(1) : line);
  return pipes > 0 || isOpen ? { cells, end } : undefined;
}

/** Pipes in code, math, tags and behind backslashes are text. */
function splitCells(cx: Reading, line: string): { cells: string[]; pipes: number } {
  const cells: string[] = [];
  let pipes = 0;
  const unclosed = new Unclosed();
  let start = 0;
  let at = 0;
  while (at < line.length) {
    if (line[at] === '|') {
      cells.push(line.slice(start, at));
      start = ++at;
      pipes++;
    } else {
      at += opaqueLength(cx, line, at, unclosed);
    }
  }
  if (line.slice(start).trim() !== '') cells.push(line.slice(start));
  return { cells, pipes };
}

function readRule(
  src: string,
  at: number,
): { alignments: Alignment[]; lengths: number[]; end: number } | undefined {
  const end = at + lineLength(src, at);
  const line = src.slice(at, end).trim();
  if (isBlankAt(src, at) || countSpaces(src, at) > 3 || !/^[|:\-+ \t]+$/.test(line)) return undefined;
  const parts = line.replace(/^\|/, '').replace(/\|$/, '').split(/[|+]/);
  if (!line.includes('|') && parts.length === 1) return undefined;
  const alignments: Alignment[] = [];
  const lengths: number[] = [];
  for (const part of parts) {
    const match = /^[ \t]*(:?)(-+)(:?)[ \t]*$/.exec(part);
    if (match === null) return undefined;
    const [, left = '', dashes = '', right = ''] = match;
    alignments.push(
      left !== '' && right !== '' ? 'center' : left !== '' ? 'left' : right !== '' ? 'right' : 'default',
    );
    lengths.push(left.length + dashes.length + right.length);
  }
  return { alignments, lengths, end };
}
