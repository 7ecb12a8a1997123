import type { Block, Inline } from '../../ast.ts';
import type { Compilation, Reading } from '../../compilation.ts';
import { defineBlock, defineInline, defineRenderer } from '../../construct.ts';
import { inlinePosition } from '../../text/place.ts';
import { readBlocks, readInlines } from '../../runs.ts';
import { escapeHtml, isBlankAt, lineLength, skipBlankLines } from '../../text/text.ts';
import { endsContainer } from '../block/html-block.ts';
import { readBracketed } from './bracket.ts';

const MARK = /^\[\^([^\s\]\\[]+)\]/;

/** `[^label]`. */
export const noteReference = defineInline('noteReference', (cx, src): Inline | undefined => {
  if (src[0] !== '[' || src[1] !== '^' || cx.state.inNote) return undefined;
  const match = MARK.exec(src.slice(0, 300));
  if (match === null) return undefined;
  return { type: 'noteReference', raw: match[0], label: match[1] ?? '', ...inlinePosition(cx, src) };
});

/** `^[the note itself]`. */
export const inlineNote = defineInline('inlineNote', (cx, src): Inline | undefined => {
  if (src[0] !== '^' || src[1] !== '[' || cx.state.inNote) return undefined;
  const bracketed = readBracketed(cx, src.slice(1));
  if (bracketed === undefined || /[[(]/.test(src[bracketed.length + 1] ?? '')) return undefined;
  const tokens = readInlines(cx, bracketed.inner, { inNote: true });
  if (tokens === undefined) return undefined;
  const raw = src.slice(0, bracketed.length + 1);
  return { type: 'note', raw, tokens: [{ type: 'paragraph', raw: '', line: cx.state.line, tokens }] };
});

const DEFINITION = /^ {0,3}\[\^([^\s\]\\[]+)\]:/;

/** `[^label]: text`, going on in indented paragraphs. */
export const noteDefinition = defineBlock('noteDefinition', (cx, src): Block | undefined => {
  const match = DEFINITION.exec(src.slice(0, 300));
  if (match === null) return undefined;
  const lines: string[] = [];
  let at = match[0].length;
  const first = src.slice(at, at + lineLength(src, at));
  lines.push(first.replace(/^[ \t]+/, ''));
  at += first.length;
  // With nothing on its own line, the text may come after one blank line.
  if (first.trim() === '' && isBlankAt(src, at)) at += lineLength(src, at);
  for (;;) {
    const end = readContinuation(cx, src, at, lines);
    if (end === at) break;
    at = end;
  }
  const label = match[1] ?? '';
  const blocks = readBlocks(cx, `${lines.join('')}\n\n`, cx.state.line, { inNote: true, inListItem: false });
  const raw = src.slice(0, skipBlankLines(src, at));
  return { type: 'noteDefinition', raw, label, tokens: blocks, line: cx.state.line };
});

/** A line of the same paragraph, or blank lines with an indented one behind them. */
function readContinuation(cx: Reading, src: string, at: number, lines: string[]): number {
  if (at >= src.length) return at;
  if (!isBlankAt(src, at)) {
    const line = src.slice(at, at + lineLength(src, at));
    if (endsContainer(cx, line)) return at;
    if (DEFINITION.test(line) || /^ {0,3}\[[^\]\n]+\]:/.test(line)) return at;
    lines.push(line.replace(/^ {1,4}/, ''));
    return at + line.length;
  }
  const next = skipBlankLines(src, at);
  if (!/^ {4}/.test(src.slice(next, next + 4))) return at;
  const blanks = src.slice(at, next);
  const line = src.slice(next, next + lineLength(src, next));
  lines.push(blanks.replace(/[^\n]/g, ''), line.slice(4));
  return next + line.length;
}

/** A number at this place, and the note in the deck's last section. */
function renderMark(cx: Compilation, blocks: Block[]): string {
  cx.render.footnotes.push(blocks);
  const number = cx.render.footnotes.length;
  return `<a href="#/fn${number}" class="footnote-ref" id="fnref${number}" role="doc-noteref"><sup>${number}</sup></a>`;
}

export const renderNote = defineRenderer('note', (cx, token) => renderMark(cx, token.tokens));

/** Each reference has the note once more, as in pandoc; a note that is meant a thousand times would fill the deck. */
const MAX_USES = 100;

export const renderNoteReference = defineRenderer('noteReference', (cx, token) => {
  const note = cx.facts.notes.get(token.label);
  if (note === undefined) return `[^${escapeHtml(token.label)}]`;
  note.used++;
  return note.used > MAX_USES ? `<sup>[${escapeHtml(token.label)}]</sup>` : renderMark(cx, note.blocks);
});
