import { trimEnds } from '../../text/trim-ends.ts';
import type { Attr, Block, Inline } from '../../ast.ts';
import { emptyAttr } from '../../ast.ts';
import type { Reading } from '../../compilation.ts';
import { defineBlock, defineRenderer } from '../../construct.ts';
import { renderAttr } from '../../html/html-attributes.ts';
import { blockPosition } from '../../text/place.ts';
import { readInlinesUntil, withInlineRun } from '../../runs.ts';
import { isBlankAt, lineLength, skipBlankLines } from '../../text/text.ts';
import { Unclosed } from '../../text/unclosed.ts';
import { opaqueLength } from '../inline/opaque.ts';
import { parseAttributes } from '../inline/attributes.ts';
import { normalizeKey } from '../inline/reference.ts';

/** `## Title {#id .class}`: a space after the marks, nothing else on the line. */
export const atxHeading = defineBlock('atxHeading', (cx, src): Block | undefined => {
  if (src[0] !== '#') return undefined;
  const marks = /^(#{1,6})(?![#.)])(?=[ \t\n]|$)[ \t]*/.exec(src.slice(0, 500));
  if (marks === null) return undefined;
  const start = marks[0].length;
  const text = paragraphText(cx, src, start);
  const run = withInlineRun(cx, text, { runLine: cx.state.line }, () =>
    readInlinesUntil(cx, text, (rest) => readClosing(rest) !== undefined),
  );
  const rest = text.slice(run.length);
  const closing = readClosing(rest);
  if (closing === undefined) return undefined;
  const end = start + run.length + closing.length;
  const raw = src.slice(0, skipBlankLines(src, end));
  const level = marks[1]?.length ?? 1;
  return toHeading(cx, level, run.tokens, closing.attr, raw, text.slice(0, run.length));
});

/** Headings are one line, unless a tag, a comment, code, a formula or attributes that begin in it end below it. */
function paragraphText(cx: Reading, src: string, start: number): string {
  let end = lineLength(src, start);
  const line = src.slice(start, start + end);
  if (!/[<`${]/.test(line)) return line;
  const rest = src.slice(start, start + 5000);
  const blank = rest.search(/\n[ \t]*\n/);
  const text = blank === -1 ? rest : rest.slice(0, blank + 1);
  const unclosed = new Unclosed();
  for (let at = 0; at < end;) {
    at +=
      (text[at] === '{' ? parseAttributes(text, at)?.length : undefined) ??
      opaqueLength(cx, text[at] === '<' ? rest : text, at, unclosed);
    if (at > end) end = at + lineLength(rest, at);
  }
  return rest.slice(0, end);
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
  // What begins in the line and ends below it makes a paragraph of both.
  if (src.slice(0, line).includes('`') && paragraphText(cx, src, 0).length > line) return undefined;
  const run = withInlineRun(cx, text, { runLine: cx.state.line }, () =>
    readInlinesUntil(cx, text, (rest) => readSetextEnd(rest) !== undefined),
  );
  const closing = readSetextEnd(text.slice(run.length));
  if (closing === undefined) return undefined;
  const raw = src.slice(0, skipBlankLines(src, line + underline[0].length));
  const level = underline[1]?.startsWith('=') === true ? 1 : 2;
  return toHeading(cx, level, run.tokens, closing, raw, text.slice(0, run.length));
});

function readSetextEnd(rest: string): Attr | undefined {
  const at = /^[ \t]*/.exec(rest)?.[0].length ?? 0;
  const group = parseAttributes(rest, at);
  return isBlankAt(rest, at + (group?.length ?? 0)) ? (group?.attr ?? emptyAttr()) : undefined;
}

function toHeading(
  cx: Reading,
  level: number,
  tokens: Inline[],
  attr: Attr,
  raw: string,
  written: string,
): Block {
  const place = blockPosition(cx, raw);
  return {
    type: 'heading',
    raw,
    level,
    attr,
    tokens: trimEnds(tokens),
    key: normalizeKey(written),
    ...place,
  };
}

export const renderHeading = defineRenderer('heading', (cx, token) => {
  const inner = cx.parser.parseInline(token.tokens);
  return `<h${token.level}${renderAttr(token.attr)}>${inner}</h${token.level}>\n`;
});
