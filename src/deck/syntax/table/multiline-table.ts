import type { Cell } from '../../ast.ts';
import type { Reading } from '../../compilation.ts';
import { isBlankAt, lineLength, skipBlankLines } from '../../text/text.ts';
import { isFooter, lineAt } from './simple-table.ts';
import type { Columns } from './table-columns.ts';
import { alignmentOf, readColumns, splitLine, widthsOf } from './table-columns.ts';
import type { TableReading } from './table-cell.ts';
import { plainCell } from './table-cell.ts';

/** Rows of several lines with blank lines between them, framed by dashes. */
export function readMultilineTable(cx: Reading, src: string, withHead: boolean): TableReading | undefined {
  const head = withHead ? readHead(src) : { lines: [], end: 0 };
  if (head === undefined) return undefined;
  const columns = readColumns(lineAt(src, head.end));
  if (columns === undefined) return undefined;
  const body = readRows(cx, src, head.end + lineLength(src, head.end), columns);
  if (body === undefined) return undefined;
  const models = withHead ? head.lines : [lineAt(src, head.end + lineLength(src, head.end))];
  const parts = models.map((line) => splitLine(line, columns));
  const alignments = columns.lengths.map((length, index) =>
    alignmentOf(
      parts.map((part) => part[index] ?? ''),
      length,
    ),
  );
  const heads = withHead ? [joinLines(cx, head.lines, columns)] : [];
  return { alignments, widths: widthsOf(columns), head: heads, body: body.rows, foot: [], length: body.end };
}

/** A line of dashes, the heading's lines (blank ones among them), and then the columns. */
function readHead(src: string): { lines: string[]; end: number } | undefined {
  if (readColumns(lineAt(src, 0)) === undefined || isBlankAt(src, lineLength(src))) return undefined;
  const lines: string[] = [];
  let at = lineLength(src);
  while (at < src.length && lines.length < MAX_HEAD_LINES && readColumns(lineAt(src, at)) === undefined) {
    lines.push(lineAt(src, at));
    at += lineLength(src, at);
  }
  const ends = at < src.length && lines.length > 0 && readColumns(lineAt(src, at)) !== undefined;
  return ends ? { lines, end: at } : undefined;
}

/** No heading has more. */
const MAX_HEAD_LINES = 50;
/** No table is longer; keeps a stray line of dashes from reading the whole deck. */
const MAX_LINES = 500;
const FOOTER = 'table footer';

function readRows(cx: Reading, src: string, start: number, columns: Columns) {
  const { unclosed } = cx.state;
  if (isBlankAt(src, start) || unclosed.has(FOOTER, src.length)) return undefined;
  const groups: string[][] = [[]];
  let at = start;
  for (let count = 0; at < src.length && !isFooter(src, at); count++) {
    if (count > MAX_LINES) {
      unclosed.add(FOOTER, src.length, src.length - at);
      return undefined;
    }
    if (isBlankAt(src, at)) {
      groups.push([]);
      at = skipBlankLines(src, at);
    } else {
      groups.at(-1)?.push(lineAt(src, at));
      at += lineLength(src, at);
    }
  }
  if (at >= src.length) {
    unclosed.add(FOOTER, src.length);
    return undefined;
  }
  const filled = groups.filter((lines) => lines.length > 0);
  if (filled.length === 0) return undefined;
  const rows = filled.map((lines) => joinLines(cx, lines, columns));
  return { rows, end: at + lineLength(src, at) };
}

function joinLines(cx: Reading, lines: string[], columns: Columns): Cell[] {
  const parts = lines.map((line) => splitLine(line, columns));
  return columns.lengths.map((_, index) => {
    const texts = parts.map((part) => (part[index] ?? '').trim());
    return plainCell(cx, texts.filter((text) => text !== '').join('\n'));
  });
}
