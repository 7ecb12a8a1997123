import { trimEnds } from '../../text/trim-ends.ts';
import type { Alignment, Attr, Block, Cell, Inline } from '../../ast.ts';
import { emptyAttr } from '../../ast.ts';
import type { Compilation, Reading } from '../../compilation.ts';
import { defineBlock, defineRenderer } from '../../construct.ts';
import { renderAttr } from '../../html/html-attributes.ts';
import { peek } from '../../peek.ts';
import { readInlinesUntil, withInlineRun } from '../../runs.ts';
import { isBlankAt, lineLength, skipBlankLines } from '../../text/text.ts';
import { parseAttributes } from '../inline/attributes.ts';
import { readGridTable } from './grid-table.ts';

import { endsContainer } from '../block/html-block.ts';
import { readMultilineTable } from './multiline-table.ts';
import { readPipeTable } from './pipe-table.ts';
import { readSimpleTable } from './simple-table.ts';

const READERS = [
  readPipeTable,
  (cx: Reading, src: string) => readMultilineTable(cx, src, true),
  (cx: Reading, src: string) => readSimpleTable(cx, src, false),
  (cx: Reading, src: string) => readSimpleTable(cx, src, true),
  (cx: Reading, src: string) => readMultilineTable(cx, src, false),
  readGridTable,
];

/** A table of any kind, with a caption before or behind it. */
export const table = defineBlock('table', readTable);

export function readTable(cx: Reading, src: string): Block | undefined {
  const before = readCaption(cx, src);
  const start = before?.length ?? 0;
  const text = src.slice(start);
  if (!mayBeTable(text)) return undefined;
  for (const read of READERS) {
    const found = read(cx, text);
    if (found === undefined) continue;
    let end = start + found.length;
    end = isBlankAt(src, end) ? skipBlankLines(src, end) : end;
    const caption = before ?? readCaption(cx, src.slice(end));
    if (before === undefined && caption !== undefined) end += caption.length;
    const { length: _, ...fields } = found;
    const attr = caption?.attr ?? emptyAttr();
    return { type: 'table', raw: src.slice(0, end), attr, caption: caption?.tokens ?? [], ...fields };
  }
  return undefined;
}

/** Whether a table begins here: for who leaves it to be read later. */
export function isTable(cx: Reading, src: string): boolean {
  return peek(cx, () => readTable(cx, src) !== undefined);
}

/** Two lines tell: one of them is drawn with dashes, or is a frame. */
function mayBeTable(src: string): boolean {
  const first = src.slice(0, lineLength(src));
  if (/^ {0,3}(?:-{2,}[- ]*|\+[-=:+]+)\s*$/.test(first.slice(0, 4000))) return true;
  const second = src.slice(first.length, first.length + lineLength(src, first.length)).slice(0, 4000);
  return /^\s*[-|:+][-|:+ \t]*\s*$/.test(second) && second.includes('-');
}

const CAPTION = /^ {0,3}(?::(?=\s)|[Tt]able:)[ \t]*/;

function readCaption(cx: Reading, src: string): { tokens: Inline[]; attr: Attr; length: number } | undefined {
  const mark = CAPTION.exec(src.slice(0, 20))?.[0] ?? /^ {0,3}:(?=[\p{L}\p{N}])/u.exec(src.slice(0, 20))?.[0];
  if (mark === undefined) return undefined;
  let end = mark.length + lineLength(src, mark.length);
  while (end < src.length && !isBlankAt(src, end) && !endsContainer(cx, src.slice(end)))
    end += lineLength(src, end);
  const text = src.slice(mark.length, end).trimEnd();
  const braces = text.endsWith('}') ? text.lastIndexOf('{') : -1;
  const group = braces === -1 ? undefined : parseAttributes(text, braces);
  const words = group !== undefined && braces + group.length === text.length ? text.slice(0, braces) : text;
  const run = withInlineRun(cx, words, {}, () => readInlinesUntil(cx, words, () => false));
  if (run.length < words.length) return undefined;
  const attr = words === text ? emptyAttr() : (group?.attr ?? emptyAttr());
  return { tokens: trimEnds(run.tokens), attr, length: skipBlankLines(src, end) };
}

export const renderTable = defineRenderer('table', (cx, token) => {
  const caption =
    token.caption.length === 0 ? '' : `<caption>${cx.parser.parseInline(token.caption)}</caption>\n`;
  const head =
    token.head.length > 0 ? `<thead>\n${rows(cx, token.head, token.alignments, 'th')}</thead>\n` : '';
  const body = `<tbody>\n${rows(cx, token.body, token.alignments, 'td')}</tbody>`;
  const foot =
    token.foot.length > 0 ? `<tfoot>\n${rows(cx, token.foot, token.alignments, 'td')}</tfoot>\n` : '';
  return `<table${renderAttr(withWidth(token.attr, token.widths))}>\n${caption}${columns(token.widths)}${head}${body}${foot}\n</table>\n`;
});

function withWidth(attr: Attr, widths: number[]): Attr {
  const total = widths.reduce((sum, width) => sum + width, 0);
  if (total <= 0 || total >= 1) return attr;
  return { ...attr, pairs: [['style', `width:${roundHalfEven(total * 100)}%;`], ...attr.pairs] };
}

/** As Haskell rounds: 62.5 is 62. */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  return value - floor === 0.5 && floor % 2 === 0 ? floor : Math.round(value);
}

function columns(widths: number[]): string {
  if (widths.length === 0) return '';
  const lines = widths.map((width) => `<col style="width: ${Math.trunc(width * 100)}%" />\n`);
  return `<colgroup>\n${lines.join('')}</colgroup>\n`;
}

function rows(cx: Compilation, cells: Cell[][], alignments: Alignment[], name: 'th' | 'td'): string {
  const taken: number[] = [];
  return cells
    .map((row) => {
      let column = 0;
      const html = row.map((cell) => {
        while ((taken[column] ?? 0) > 0) column++;
        const text = renderCell(cx, cell, alignments[column] ?? 'default', name);
        for (let i = 0; i < cell.columns; i++) taken[column + i] = cell.rows;
        column += cell.columns;
        return text;
      });
      for (let i = 0; i < taken.length; i++) taken[i] = Math.max((taken[i] ?? 0) - 1, 0);
      return `<tr>\n${html.join('')}</tr>\n`;
    })
    .join('');
}

function renderCell(cx: Compilation, cell: Cell, alignment: Alignment, name: 'th' | 'td'): string {
  const rowspan = cell.rows > 1 ? ` rowspan="${cell.rows}"` : '';
  const colspan = cell.columns > 1 ? ` colspan="${cell.columns}"` : '';
  const style = alignment === 'default' ? '' : ` style="text-align: ${alignment};"`;
  return `<${name}${rowspan}${colspan}${style}>${cx.renderBlocks(cell.blocks).trimEnd()}</${name}>\n`;
}
