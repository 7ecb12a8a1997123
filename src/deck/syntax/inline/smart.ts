import { trimEnds } from '../../text/trim-ends.ts';
import type { Inline } from '../../ast.ts';
import type { Reading } from '../../compilation.ts';
import { defineInline, defineRenderer } from '../../construct.ts';
import { readInlinesUntil } from '../../runs.ts';
import { firstChar, isAlphanumeric } from '../../text/text.ts';

/** Straight quotes, dashes and ellipses as a typesetter writes them; curly quotes are right as they are. */
export const smart = defineInline('smart', (cx, src): Inline | undefined => {
  switch (src[0]) {
    case '"':
      return readDouble(cx, src);
    case "'":
      return readSingle(cx, src) ?? text(src, 1, '\u2019');
    case '-':
      if (src.startsWith('---')) return text(src, 3, '\u2014');
      return src.startsWith('--') ? text(src, 2, '\u2013') : undefined;
    case '.':
      return src.startsWith('...') ? text(src, 3, '\u2026') : undefined;
    default:
      return undefined;
  }
});

function text(src: string, length: number, value: string): Inline {
  return { type: 'str', raw: src.slice(0, length), text: value };
}

/** An opening quote is followed by something. One that is never closed is a mark alone, and the text behind it is read anew. */
function readDouble(cx: Reading, src: string): Inline {
  const closing = text(src, 1, '\u201d');
  const { state } = cx;
  if (state.quotes === 'double' || state.wordEnd === src.length || /^\s?$/.test(src[1] ?? '')) return closing;
  const opening = text(src, 1, '\u201c');
  if (!closesLater(cx, src, '"', /"/)) return opening;
  const outer = state.quotes;
  const { wordEnd } = state;
  state.quotes = 'double';
  const run = readInlinesUntil(cx, src.slice(1), (rest) => rest[0] === '"');
  state.quotes = outer;
  if (run.ended && run.length > 0) {
    return { type: 'quoted', raw: src.slice(0, run.length + 2), double: true, tokens: run.tokens };
  }
  state.wordEnd = wordEnd;
  return opening;
}

/** A single quote that is never closed is an apostrophe, and the text behind it is read anew. */
function readSingle(cx: Reading, src: string): Inline | undefined {
  const { state } = cx;
  if (state.quotes === 'single' || state.wordEnd === src.length) return undefined;
  if (/^\s?$/.test(src[1] ?? '') || !closesLater(cx, src, "'", SINGLE_END)) return undefined;
  const outer = state.quotes;
  const { wordEnd } = state;
  state.quotes = 'single';
  const run = readInlinesUntil(cx, src.slice(1), endsSingle);
  state.quotes = outer;
  if (!run.ended || run.length === 0) {
    state.wordEnd = wordEnd;
    return undefined;
  }
  return { type: 'quoted', raw: src.slice(0, run.length + 2), double: false, tokens: run.tokens };
}

function endsSingle(rest: string): boolean {
  return rest[0] === "'" && !isAlphanumeric(firstChar(rest.slice(1, 3)));
}

const SINGLE_END = /'(?![\p{L}\p{N}])/u;

/** Most apostrophes are no quotes: a look ahead spares reading the paragraph twice. */
function closesLater({ state: { unclosed } }: Reading, src: string, mark: string, end: RegExp): boolean {
  if (unclosed.has(mark, src.length)) return false;
  if (end.test(src.slice(1))) return true;
  unclosed.add(mark, src.length);
  return false;
}

export const renderQuoted = defineRenderer('quoted', (cx, token) => {
  const inner = cx.parser.parseInline(trimEnds(token.tokens));
  return token.double ? `\u201c${inner}\u201d` : `\u2018${inner}\u2019`;
});
