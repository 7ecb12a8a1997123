import type { Inline } from '../ast.ts';
import { defineInline } from '../construct.ts';

/** A backslash before anything but a letter or digit: that character as it is; before a space, a space that holds. */
export const escape = defineInline('escape', (_cx, src): Inline | undefined => {
  if (src[0] !== '\\') return undefined;
  if (src === '\\') return { type: 'lineBreak', raw: src };
  if (src[1] === '\n') return { type: 'lineBreak', raw: lineBreakRaw(src) };
  const raw = /^\\[^\p{L}\p{M}\p{N}]/u.exec(src)?.[0];
  if (raw === undefined) return undefined;
  return { type: 'str', raw, text: raw === '\\ ' ? '\u00a0' : raw.slice(1) };
});

/** The break takes its newline and the indentation with it, unless a blank line follows. */
function lineBreakRaw(src: string): string {
  return /^\\\n(?![ \t]*(?:\n|$))[ \t]*/.exec(src)?.[0] ?? '\\';
}
