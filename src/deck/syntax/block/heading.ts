import { trimEnds } from '../../text/trim-ends.ts';
import type { Attr, Block, Inline } from '../../ast.ts';
import { emptyAttr } from '../../ast.ts';
import type { Compilation } from '../../compilation.ts';
import { defineBlock, defineRenderer } from '../../construct.ts';
import { headingId } from '../../heading-id.ts';
import { renderAttr } from '../../html/html-attributes.ts';
import { blockPosition } from '../../text/place.ts';
import { readInlinesUntil, withInlineRun } from '../../runs.ts';
import { isBlankAt, lineLength, skipBlankLines } from '../../text/text.ts';
import { Unclosed } from '../../text/unclosed.ts';
import { readCodeSpan } from '../inline/code-span.ts';
import { parseAttributes } from '../inline/attributes.ts';
import { normalizeKey } from '../inline/reference.ts';

/** `## Title {#id .class}`: a space after the marks, nothing else on the line. */
export const atxHeading = defineBlock('atxHeading', (cx, src): Block | undefined => {
  if (src[0] !== '#') return undefined;
  const marks = /^(#{1,6})(?![#.)])(?=[ \t\n]|$)[ \t]*/.exec(src.slice(0, 500));
  if (marks === null) return undefined;
  const start = marks[0].length;
  const text = paragraphText(src, start);
  const run = withInlineRun(cx, text, { runLine: cx.state.line }, () =>
    readInlinesUntil(cx, text, (rest) => readClosing(rest) !== undefined),
  );
  const rest = text.slice(run.length);
  const closing = readClosing(rest);
  if (closing === undefined) return undefined;
  const end = start + run.length + closing.length;
  const raw = src.slice(0, skipBlankLines(src, end));
  const level = marks[1]?.length ?? 1;
  return registerHeading(cx, level, run.tokens, closing.attr, raw, text.slice(0, run.length));
});

/** Headings are one line, but a tag or a comment in them may go on: the text up to the next blank line. */
function paragraphText(src: string, start: number): string {
  const line = lineLength(src, start);
  const first = src.slice(start, start + line);
  if (!/[<`${]/.test(first)) return first;
  const blank = src.slice(start, start + 5000).search(/\n[ \t]*\n/);
  return blank === -1 ? src.slice(start, start + 5000) : src.slice(start, start + blank + 1);
}

/** Closing marks and attributes, then the end of the line. */
function readClosing(rest: string): { attr: Attr; length: number } | undefined {
  const first = rest[0];
  if (
    first !== undefined &&
    first !== '#' &&
    first !== '{' &&
    first !== ' ' &&
    first !== '\n' &&
    first !== '['
  ) {
    return undefined;
  }
  const mmd = /^\[\s*([^\]\n[]+?)\s*\](?=[ \t]*\n|$)/.exec(rest.slice(0, 200));
  let at = 0;
  if (mmd !== null) return undefined;
  while (rest[at] === ' ' || rest[at] === '\t') at++;
  while (rest[at] === '#') at++;
  while (rest[at] === ' ' || rest[at] === '\t') at++;
  const group = parseAttributes(rest, at);
  at += group?.length ?? 0;
  if (!isBlankAt(rest, at)) return undefined;
  return { attr: group?.attr ?? emptyAttr(), length: at + lineLength(rest, at) };
}

/** A line of text with `===` or `---` under it. */
export const setextHeading = defineBlock('setextHeading', (cx, src): Block | undefined => {
  const line = lineLength(src);
  if (isBlankAt(src, 0)) return undefined;
  const underline = /^(=+|-+)[ \t]*(?:\n|$)/.exec(src.slice(line, line + 2000));
  if (underline === null) return undefined;
  const text = src.slice(0, line).trimStart();
  if (codeGoesOn(cx, src, line)) return undefined;
  const run = withInlineRun(cx, text, { runLine: cx.state.line }, () =>
    readInlinesUntil(cx, text, (rest) => readSetextEnd(rest) !== undefined),
  );
  const closing = readSetextEnd(text.slice(run.length));
  if (closing === undefined) return undefined;
  const raw = src.slice(0, skipBlankLines(src, line + underline[0].length));
  const level = underline[1]?.startsWith('=') === true ? 1 : 2;
  return registerHeading(cx, level, run.tokens, closing, raw, text.slice(0, run.length));
});

/** Whether code that begins in the line ends below it: the line is no heading then. */
function codeGoesOn(cx: Compilation, src: string, line: number): boolean {
  if (!src.slice(0, line).includes('`')) return false;
  const text = paragraphText(src, 0);
  const unclosed = new Unclosed();
  let at = 0;
  while (at < line) {
    at += (text[at] === '`' ? readCodeSpan(cx, text.slice(at), unclosed)?.length : undefined) ?? 1;
  }
  return at > line;
}

function readSetextEnd(rest: string): Attr | undefined {
  const at = /^[ \t]*/.exec(rest)?.[0].length ?? 0;
  const group = parseAttributes(rest, at);
  return isBlankAt(rest, at + (group?.length ?? 0)) ? (group?.attr ?? emptyAttr()) : undefined;
}

function registerHeading(
  cx: Compilation,
  level: number,
  tokens: Inline[],
  attr: Attr,
  raw: string,
  written: string,
): Block {
  const trimmed = trimEnds(tokens);
  const id = headingId(cx, attr, trimmed);
  const key = normalizeKey(written);
  if (key !== '' && !cx.headingKeys.has(key)) cx.headingKeys.set(key, id);
  const place = blockPosition(cx, raw);
  return { type: 'heading', raw, level, attr: { ...attr, id }, tokens: trimmed, ...place };
}

export const renderHeading = defineRenderer('heading', (cx, token) => {
  const inner = cx.parser.parseInline(token.tokens);
  return `<h${token.level}${renderAttr(token.attr)}>${inner}</h${token.level}>\n`;
});
