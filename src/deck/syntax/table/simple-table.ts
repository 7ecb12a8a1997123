import type { Cell } from '../../ast.ts';
import type { Reading } from '../../compilation.ts';
import { isBlankAt, lineLength } from '../../text/text.ts';
import { endsContainer } from '../block/html-block.ts';
import type { Columns } from './table-columns.ts';
import { alignmentOf, readColumns, splitLine } from './table-columns.ts';
import type { TableReading } from './table-cell.ts';
import { plainCell } from './table-cell.ts';

/** A heading line, dashes under it, one line a row; without the heading, dashes must close it too. */
export function readSimpleTable(cx: Reading, src: string, headless: boolean): TableReading | undefined {
  const first = lineAt(src, 0);
  const ruleAt = headless ? 0 : lineLength(src);
  const columns = readColumns(lineAt(src, ruleAt));
  if (columns === undefined || (!headless && isBlankAt(src, 0))) return undefined;
  const start = ruleAt + lineLength(src, ruleAt);
  const rows: Cell[][] = [];
  let at = start;
  while (at < src.length && !isBlankAt(src, at) && !isFooter(src, at) && !endsContainer(cx, src.slice(at))) {
    rows.push(splitLine(lineAt(src, at), columns).map((text) => plainCell(cx, text)));
    at += lineLength(src, at);
  }
  if (rows.length === 0) return undefined;
  if (isFooter(src, at)) at += lineLength(src, at);
  else if (headless) return undefined;
  const model = headless ? lineAt(src, start) : first;
  const heads = headless ? [] : [splitLine(first, columns).map((text) => plainCell(cx, text))];
  return {
    alignments: alignments(model, columns),
    widths: [],
    head: heads,
    body: rows,
    foot: [],
    length: at,
  };
}

function alignments(model: string, columns: Columns) {
  return splitLine(model, columns).map((text, index) => alignmentOf([text], columns.lengths[index] ?? 0));
}

export function lineAt(src: string, at: number): string {
  return src.slice(at, at + lineLength(src, at)).replace(/\n$/, '');
}

/** A line of dashes ends a table; text may stand right under it. */
export function isFooter(src: string, at: number): boolean {
  return readColumns(lineAt(src, at)) !== undefined;
}
