import type { Block, ListStyle } from '../../ast.ts';
import type { Compilation, Reading } from '../../compilation.ts';
import { defineBlock, defineRenderer } from '../../construct.ts';
import { parseTag } from '../../html/html-tag.ts';
import { readBlocks } from '../../runs.ts';
import { countSpaces, isBlankAt, lineLength } from '../../text/text.ts';
import { Unclosed } from '../../text/unclosed.ts';
import { readCodeSpan } from '../inline/code-span.ts';
import { startsFence } from '../block/fenced-code.ts';
import { endsContainer } from '../block/html-block.ts';
import type { Marker } from './list-marker.ts';
import { continues, DEFINITION_MARK, readBullet, readOrdered, startsList } from './list-marker.ts';
import { compactItems } from './list-spacing.ts';
import { toTaskItem } from './task-list.ts';

export const bulletList = defineBlock('bulletList', (cx, src): Block | undefined => {
  const items = readItems(cx, src, readBullet);
  if (items.blocks.length === 0) return undefined;
  const raw = src.slice(0, items.length);
  return { type: 'bulletList', raw, items: compactItems(items.blocks) };
});

export const orderedList = defineBlock('orderedList', (cx, src): Block | undefined => {
  const first = readOrdered(src);
  if (first === undefined) return undefined;
  const items = readItems(cx, src, (text) => {
    const marker = readOrdered(text);
    if (marker === undefined || !continues(first, marker, text)) return undefined;
    return marker;
  });
  if (items.blocks.length === 0) return undefined;
  const style: ListStyle =
    first.kind === 'example' ? 'decimal' : first.kind === 'bullet' ? 'default' : first.kind;
  const labels = first.kind === 'example' ? { labels: items.labels } : {};
  return {
    type: 'orderedList',
    raw: src.slice(0, items.length),
    items: compactItems(items.blocks),
    start: first.start,
    style,
    ...labels,
  };
});

function readItems(
  cx: Reading,
  src: string,
  readMarker: (text: string) => Marker | undefined,
): { blocks: Block[][]; labels: string[]; length: number } {
  const blocks: Block[][] = [];
  const labels: string[] = [];
  const { line } = cx.state;
  let at = 0;
  let lines = 0;
  for (;;) {
    const rest = src.slice(at);
    const marker = readMarker(rest);
    if (marker === undefined) break;
    const item = readItem(cx, rest, marker);
    labels.push(marker.label);
    blocks.push(readBlocks(cx, item.text, line + lines, { inListItem: true }));
    at += item.length;
    lines += item.lines;
  }
  return { blocks, labels, length: at };
}

interface Item {
  /** The item's lines without marker and indentation. */
  text: string;
  length: number;
  lines: number;
}

/** The lines of one item: lazy lines at first, then what is indented as far as its text (nested lists too). */
function readItem(cx: Reading, src: string, marker: Marker): Item {
  const indent = marker.kind === 'example' ? 4 : marker.length;
  const reader = { cx, src, indent, at: marker.length, parts: [] as string[] };
  takeFirstLine(reader, 0);
  while (!isBlankAt(src, reader.at) && reader.at < src.length && isLazyLine(reader)) {
    takeFirstLine(reader, indentOf(src, reader.at, indent));
  }
  takeBlankLines(reader);
  while (reader.at < src.length && isContinuation(reader)) {
    takeLine(reader, indent);
    while (reader.at < src.length && !isBlankAt(src, reader.at) && isContinuationLine(reader)) {
      takeLine(reader, indentOf(src, reader.at, indent));
    }
    takeBlankLines(reader);
  }
  const text = reader.parts.join('');
  return { text, length: reader.at, lines: src.slice(0, reader.at).split('\n').length - 1 };
}

interface ItemReader {
  cx: Reading;
  src: string;
  indent: number;
  at: number;
  parts: string[];
}

function takeLine(reader: ItemReader, strip: number): void {
  const start = reader.at + strip;
  const length = lineLength(reader.src, start);
  reader.parts.push(reader.src.slice(start, start + length));
  reader.at = start + length;
}

/** A line of the item's first paragraph: a comment in it may hold line ends. */
function takeFirstLine(reader: ItemReader, strip: number): void {
  const start = reader.at + strip;
  const length = lineSpan(reader.cx, reader.src, start);
  reader.parts.push(reader.src.slice(start, start + length));
  reader.at = start + length;
}

/** How far the line at `start` reaches, with the lines that a comment in it takes along. */
function lineSpan(cx: Reading, src: string, start: number): number {
  let at = start;
  for (;;) {
    const end = at + lineLength(src, at);
    const next = src.slice(at, end).includes('<!--') ? commentEnd(cx, src, at, end) : end;
    if (next <= end) return end - start;
    at = next;
  }
}

/** The end of the first comment of the line that does not end in it. */
function commentEnd(cx: Reading, src: string, start: number, end: number): number {
  const unclosed = new Unclosed();
  let at = start;
  while (at < end) {
    const char = src[at];
    if (char === '`') at += readCodeSpan(cx, src.slice(at, end), unclosed)?.length ?? 1;
    else if (char === '<' && src.startsWith('<!--', at)) {
      at += parseTag(src, at, cx.state.unclosed)?.raw.length ?? 1;
    } else at++;
  }
  return at;
}

function takeBlankLines(reader: ItemReader): void {
  while (reader.at < reader.src.length && isBlankAt(reader.src, reader.at)) {
    const length = lineLength(reader.src, reader.at);
    reader.parts.push('\n');
    reader.at += length;
  }
}

/** A line right under the item's first: any text that starts no other item, code block or end. */
function isLazyLine(reader: ItemReader): boolean {
  const rest = reader.src.slice(reader.at);
  if (startsList(rest) || startsFenceIn(reader.cx, rest, reader.indent) || endsContainer(reader.cx, rest))
    return false;
  if (countSpaces(rest) < reader.indent) return !DEFINITION_MARK.test(rest.slice(0, 5));
  return !startsList(rest.slice(countSpaces(rest)));
}

/** What is taken off a line: the item's indentation if the line has all of it, else nothing. */
function indentOf(src: string, at: number, indent: number): number {
  return countSpaces(src, at) >= indent ? indent : 0;
}

/** A fence at the margin ends the item, backticks right at its text end its first paragraph; tildes there do not. */
function startsFenceIn(cx: Reading, rest: string, indent: number): boolean {
  const spaces = countSpaces(rest);
  if (spaces < indent) return startsFence(cx, rest);
  return rest[spaces] === '`' && spaces === indent && startsFence(cx, rest.slice(indent), indent);
}

function isContinuation(reader: ItemReader): boolean {
  if (isBlankAt(reader.src, reader.at) || countSpaces(reader.src, reader.at) < reader.indent) return false;
  return !endsContainer(reader.cx, reader.src.slice(reader.at));
}

function isContinuationLine(reader: ItemReader): boolean {
  const rest = reader.src.slice(reader.at);
  if (endsContainer(reader.cx, rest)) return false;
  if (countSpaces(rest) >= reader.indent) return true;
  return !startsList(rest) && !DEFINITION_MARK.test(rest.slice(0, 5));
}

const LETTERS: Record<ListStyle, string> = {
  default: '',
  decimal: '1',
  'lower-alpha': 'a',
  'upper-alpha': 'A',
  'lower-roman': 'i',
  'upper-roman': 'I',
};

function renderItems(cx: Compilation, items: Block[][]): string {
  const name = cx.render.incremental ? ' class="fragment"' : '';
  return items.map((item) => `<li${name}>${cx.renderBlocks(toTaskItem(cx, item)).trimEnd()}</li>\n`).join('');
}

export const renderBulletList = defineRenderer('bulletList', (cx, token) => {
  const tasks = token.items.length > 0 && token.items.every((item) => isTask(toTaskItem(cx, item)));
  return `<ul${tasks ? ' class="task-list"' : ''}>\n${renderItems(cx, token.items)}</ul>\n`;
});

function isTask(item: Block[]): boolean {
  const first = item[0];
  if (first?.type !== 'plain' && first?.type !== 'paragraph') return false;
  const mark = first.tokens[0];
  return mark?.type === 'rawInline' && mark.html.startsWith('<label>');
}

export const renderOrderedList = defineRenderer('orderedList', (cx, token) => {
  const start = token.start === 1 ? '' : ` start="${token.start}"`;
  const letter = LETTERS[token.style];
  const kind = token.labels !== undefined ? ' class="example"' : '';
  const type = letter === '' ? '' : ` type="${letter}"`;
  return `<ol${start}${kind}${type}>\n${renderItems(cx, token.items)}</ol>\n`;
});
