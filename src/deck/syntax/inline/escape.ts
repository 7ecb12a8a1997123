import type { Inline } from '../../ast.ts';
import { str } from '../../ast.ts';
import { defineInline } from '../../construct.ts';
import { readLineEnd } from './text.ts';

/** A backslash at the end of a cell or of a line whose breaks are kept breaks nothing: it stands for itself. */
export function withLiteralEnd(tokens: Inline[]): Inline[] {
  const last = tokens.at(-1);
  return last?.type === 'lineBreak' && last.raw === '\\' ? [...tokens.slice(0, -1), str('\\')] : tokens;
}

/** A backslash before anything but a letter or digit: that character as it is; before a space, a space that holds. */
export const escape = defineInline('escape', (cx, src): Inline | undefined => {
  if (src[0] !== '\\') return undefined;
  if (src === '\\') return { type: 'lineBreak', raw: src };
  // The break takes its newline and the indentation behind it along, if the paragraph goes on there.
  if (src[1] === '\n') return { type: 'lineBreak', raw: `\\${readLineEnd(cx, src.slice(1)) ?? ''}` };
  const raw = /^\\[^\p{L}\p{M}\p{N}]/u.exec(src)?.[0];
  if (raw === undefined) return undefined;
  return { type: 'str', raw, text: raw === '\\ ' ? '\u00a0' : raw.slice(1) };
});
