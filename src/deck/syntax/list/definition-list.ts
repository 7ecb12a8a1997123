import { trimEnds } from '../../text/trim-ends.ts';
import type { Block, Inline } from '../../ast.ts';
import type { Reading } from '../../compilation.ts';
import { defineBlock, defineRenderer } from '../../construct.ts';
import { readBlocks, withInlineRun, readInlinesUntil } from '../../runs.ts';
import { countNewlines } from '../../text/source.ts';
import { countSpaces, isBlankAt, lineLength, skipBlankLines } from '../../text/text.ts';
import { isTable } from '../table/table.ts';

import { endsContainer } from '../block/html-block.ts';
import { toTaskDefinition } from './task-list.ts';
import { DEFINITION_MARK, extraSpaces, startsList } from './list-marker.ts';

/** A line with the term, a blank line or none, then `: ` or `~ ` and what it means. */
export const definitionList = defineBlock('definitionList', (cx, src): Block | undefined => {
  const entries: Entry[] = [];
  const { line } = cx.state;
  let at = 0;
  let lines = 0;
  for (;;) {
    const entry = readEntry(cx, src, at, line + lines);
    if (entry === undefined) break;
    entries.push({ term: entry.term, bodies: entry.bodies });
    lines += countNewlines(src.slice(at, entry.end));
    at = entry.end;
  }
  return entries.length === 0 ? undefined : { type: 'definitionList', raw: src.slice(0, at), entries };
});

interface Entry {
  term: Inline[];
  bodies: Block[][];
}

function readEntry(
  cx: Reading,
  src: string,
  at: number,
  line: number,
): (Entry & { end: number }) | undefined {
  if (at >= src.length || isBlankAt(src, at) || !definitionFollows(cx, src, at)) return undefined;
  const length = lineLength(src, at);
  const term = readTerm(cx, src.slice(at, at + length).replace(/\n$/, ''));
  if (term === undefined) return undefined;
  let position = at + length;
  const bodies: Block[][] = [];
  // Right under its term a definition has no paragraphs, nor have those behind it.
  const isTight = !isBlankAt(src, position);
  let lines = 1;
  for (;;) {
    const body = readDefinition(cx, src, position);
    if (body === undefined) break;
    lines += countNewlines(src.slice(position, body.start));
    const blocks = readBlocks(cx, body.text, line + lines, { inListItem: true });
    bodies.push(isTight ? blocks.map(toTight) : blocks);
    lines += countNewlines(src.slice(body.start, body.end));
    position = body.end;
  }
  return bodies.length === 0 ? undefined : { term, bodies, end: skipBlankLines(src, position) };
}

function definitionFollows(cx: Reading, src: string, at: number): boolean {
  let position = at + lineLength(src, at);
  if (isBlankAt(src, position)) position += lineLength(src, position);
  if (!DEFINITION_MARK.test(src.slice(position, position + 6))) return false;
  // Behind a blank line it may be the caption of a table.
  const isSpaced = position > at + lineLength(src, at);
  return !isSpaced || !isTable(cx, src.slice(position));
}

function readTerm(cx: Reading, text: string): Inline[] | undefined {
  const run = withInlineRun(cx, text, { runLine: cx.state.line }, () =>
    readInlinesUntil(cx, text, () => false),
  );
  return run.length === text.length ? trimEnds(run.tokens) : undefined;
}

function toTight(block: Block): Block {
  return block.type === 'paragraph' ? { ...block, type: 'plain' } : block;
}

/** One definition: its line and lazy ones under it, then paragraphs that are indented as far as its text. */
function readDefinition(
  cx: Reading,
  src: string,
  at: number,
): { text: string; start: number; end: number } | undefined {
  const start = skipBlankLines(src, at);
  const mark = DEFINITION_MARK.exec(src.slice(start, start + 6));
  if (mark === null) return undefined;
  const text = start + mark[0].length + 1;
  const indent = text - start + (src[text - 1] === ' ' ? extraSpaces(src, text) : 0);
  let position = start + Math.min(indent, lineLength(src, start) - 1);
  const parts: string[] = [];
  const takeLine = () => {
    const from = position + (parts.length === 0 ? 0 : Math.min(countSpaces(src, position), indent));
    position += lineLength(src, position);
    parts.push(src.slice(from, position));
  };
  takeLine();
  while (position < src.length) {
    if (isBlankAt(src, position)) {
      const next = skipBlankLines(src, position);
      if (next >= src.length || countSpaces(src, next) < indent) break;
      parts.push(src.slice(position, next).replace(/[^\n]/g, ''));
      position = next;
    } else if (countSpaces(src, position) < indent && endsLazily(cx, src.slice(position))) {
      break;
    }
    takeLine();
  }
  // With a blank line behind it its text is a paragraph.
  const isLoose = isBlankAt(src, position);
  return { text: parts.join('') + (isLoose ? '\n\n' : ''), start, end: position };
}

function endsLazily(cx: Reading, rest: string): boolean {
  return DEFINITION_MARK.test(rest.slice(0, 6)) || startsList(rest) || endsContainer(cx, rest);
}

export const renderDefinitionList = defineRenderer('definitionList', (cx, token) => {
  const name = cx.render.incremental ? ' class="fragment"' : '';
  const rows = token.entries.map(({ term, bodies }) => {
    const definitions = bodies
      .map((body) => `<dd${name}>\n${cx.renderBlocks(toTaskDefinition(cx, body))}</dd>\n`)
      .join('');
    return `<dt${name}>${cx.parser.parseInline(term)}</dt>\n${definitions}`;
  });
  return `<dl>\n${rows.join('')}</dl>\n`;
});
