import type { Block } from '../ast.ts';
import type { Compilation } from '../compilation.ts';
import { defineBlock, defineRenderer } from '../construct.ts';
import { readBlocks, withInlineRun, readInlinesUntil } from '../runs.ts';
import { countSpaces, isBlankAt, lineLength, skipBlankLines } from '../text.ts';
import { trimEnds } from './heading.ts';
import { compactItems } from './list-spacing.ts';

const MARK = /^( {0,2}[:~])(?=[ \t\n])/;

/** A line with the term, a blank line or none, then `: ` or `~ ` and what it means. */
export const definitionList = defineBlock('definitionList', (cx, src): Block | undefined => {
  const entries: { term: ReturnType<typeof trimEnds>; bodies: Block[][] }[] = [];
  const { line } = cx.state;
  let at = 0;
  for (;;) {
    const entry = readEntry(cx, src, at, line);
    if (entry === undefined) break;
    entries.push({ term: entry.term, bodies: entry.bodies });
    at = entry.end;
  }
  if (entries.length === 0) return undefined;
  return { type: 'definitionList', raw: src.slice(0, at), entries: compactEntries(entries) };
});

type Entry = { term: ReturnType<typeof trimEnds>; bodies: Block[][] };

function compactEntries(entries: Entry[]): Entry[] {
  const bodies = compactItems(entries.flatMap((entry) => entry.bodies));
  let next = 0;
  return entries.map((entry) => ({ ...entry, bodies: entry.bodies.map(() => bodies[next++] ?? []) }));
}

function readEntry(cx: Compilation, src: string, at: number, line: number) {
  if (at >= src.length || isBlankAt(src, at) || !definitionFollows(src, at)) return undefined;
  const length = lineLength(src, at);
  const text = src.slice(at, at + length).replace(/\n$/, '');
  const term = readTerm(cx, text);
  if (term === undefined) return undefined;
  let position = at + length;
  if (isBlankAt(src, position)) position += lineLength(src, position);
  const bodies: Block[][] = [];
  for (;;) {
    const body = readDefinition(src, position);
    if (body === undefined) break;
    const offset = src.slice(0, position).split('\n').length - 1;
    bodies.push(readBlocks(cx, body.text, line + offset, { inListItem: false }));
    position = body.end;
  }
  return bodies.length === 0 ? undefined : { term, bodies, end: position };
}

function definitionFollows(src: string, at: number): boolean {
  let position = at + lineLength(src, at);
  if (isBlankAt(src, position)) position += lineLength(src, position);
  return MARK.test(src.slice(position, position + 6));
}

function readTerm(cx: Compilation, text: string) {
  const run = withInlineRun(cx, text, {}, () => readInlinesUntil(cx, text, () => false));
  return run.length === text.length ? trimEnds(run.tokens) : undefined;
}

/** One definition: its lines (lazy ones too), then indented paragraphs. */
function readDefinition(src: string, at: number): { text: string; end: number } | undefined {
  const mark = MARK.exec(src.slice(at, at + 6));
  if (mark === null) return undefined;
  const indent = 4;
  let position = at + mark[0].length;
  position += Math.min(countSpaces(src, position), Math.max(indent - mark[0].length, 1));
  const parts: string[] = [];
  let length = lineLength(src, position);
  parts.push(src.slice(position, position + length));
  position += length;
  while (position < src.length) {
    if (isBlankAt(src, position)) {
      const next = skipBlankLines(src, position);
      if (countSpaces(src, next) < indent || next >= src.length) {
        parts.push('\n');
        position = next;
        break;
      }
      parts.push(src.slice(position, next).replace(/[^\n]/g, ''));
      position = next;
    }
    if (MARK.test(src.slice(position, position + 6)) || /^:{3,}/.test(src.slice(position, position + 3))) break;
    if (parts.at(-1) === '\n' && countSpaces(src, position) < indent) break;
    if (parts.at(-1) !== '\n' && countSpaces(src, position) < indent && definitionFollows(src, position)) break;
    length = lineLength(src, position);
    const strip = Math.min(countSpaces(src, position), indent);
    parts.push(src.slice(position + strip, position + length));
    position += length;
  }
  return { text: parts.join(''), end: position };
}

export const renderDefinitionList = defineRenderer('definitionList', (cx, token) => {
  const name = cx.render.incremental ? ' class="fragment"' : '';
  const rows = token.entries.map(({ term, bodies }) => {
    const definitions = bodies.map((body) => `<dd${name}>\n${cx.renderBlocks(body)}</dd>\n`).join('');
    return `<dt${name}>${cx.parser.parseInline(term)}</dt>\n${definitions}`;
  });
  return `<dl>\n${rows.join('')}</dl>\n`;
});

