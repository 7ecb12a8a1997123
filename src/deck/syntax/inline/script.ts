import type { Inline } from '../../ast.ts';
import { defineInline, defineRenderer } from '../../construct.ts';
import { readInlinesUntil } from '../../runs.ts';
import { trimEnds } from '../../text/trim-ends.ts';

/** `^up^` and `~down~` hold no spaces; `~~gone~~` does. */
export const script = defineInline('script', (cx, src): Inline | undefined => {
  const mark = src[0] ?? '';
  if ((mark !== '^' && mark !== '~') || !src.includes(mark, 1)) return undefined;
  const { wordEnd } = cx.state;
  const inside = src.slice(1);
  const run = readInlinesUntil(cx, inside, (rest) => rest.startsWith(mark) || /^\s/.test(rest));
  if (!run.ended || inside[run.length] !== mark) {
    cx.state.wordEnd = wordEnd;
    return undefined;
  }
  const type = mark === '^' ? 'superscript' : 'subscript';
  return { type, raw: src.slice(0, run.length + 2), tokens: run.tokens };
});

export const strikeout = defineInline('strikeout', (cx, src): Inline | undefined => {
  if (!/^~~[^\s~]/.test(src) || !src.includes('~~', 3)) return undefined;
  const { wordEnd } = cx.state;
  const run = readInlinesUntil(cx, src.slice(2), (rest) => rest.startsWith('~~'));
  // A space before the closing marks leaves them open.
  if (!run.ended || run.tokens.at(-1)?.type === 'space') {
    cx.state.wordEnd = wordEnd;
    return undefined;
  }
  return { type: 'strikeout', raw: src.slice(0, run.length + 4), tokens: trimEnds(run.tokens) };
});

export const renderSuperscript = defineRenderer(
  'superscript',
  (cx, token) => `<sup>${cx.parser.parseInline(token.tokens)}</sup>`,
);
export const renderSubscript = defineRenderer(
  'subscript',
  (cx, token) => `<sub>${cx.parser.parseInline(token.tokens)}</sub>`,
);
export const renderStrikeout = defineRenderer(
  'strikeout',
  (cx, token) => `<del>${cx.parser.parseInline(token.tokens)}</del>`,
);
