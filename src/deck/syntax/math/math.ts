import type { Inline } from '../../ast.ts';
import { defineInline } from '../../construct.ts';
import { inlinePosition } from '../../text/place.ts';
import { bracesEnd } from './tex-command.ts';

export interface MathText {
  tex: string;
  display: boolean;
  length: number;
}

/** `$…$` and `$$…$$`. An opening mark before a space, or a closing one before a digit, is money. */
export const math = defineInline('math', (cx, src): Inline | undefined => {
  if (src[0] !== '$') return undefined;
  const found = readMath(src);
  if (found === undefined) return undefined;
  const { display, length } = found;
  const tex = cx.macros.expand(found.tex);
  return { type: 'math', raw: src.slice(0, length), tex, display, ...inlinePosition(cx, src) };
});

export function readMath(src: string): MathText | undefined {
  return src.startsWith('$$') ? readDisplay(src) : readInline(src);
}

function readDisplay(src: string): MathText | undefined {
  const end = src.indexOf('$$', 3);
  if (end === -1) return undefined;
  const tex = src.slice(2, end);
  if (/\n[ \t]*\n/.test(tex)) return undefined;
  return { tex, display: true, length: end + 2 };
}

function readInline(src: string): MathText | undefined {
  if (/^\$\s/.test(src)) return undefined;
  let at = 1;
  while (at < src.length) {
    const char = src[at] ?? '';
    if (char === '$') return closeInline(src, at);
    if (char === '\\') {
      // A dollar sign in `\text{…}` is text.
      const text = src.startsWith('text', at + 1) ? bracesEnd(src, at + 5) : undefined;
      at = text ?? at + 2;
    } else if (/\s/.test(char)) {
      const gap = /^[ \t]*(?:\n[ \t]*)?/.exec(src.slice(at, at + 400))?.[0].length ?? 1;
      at += Math.max(gap, 1);
      // A blank line ends the paragraph, and no formula ends with a space.
      if (src[at] === '\n' || src[at] === '$') return undefined;
    } else {
      at++;
    }
  }
  return undefined;
}

function closeInline(src: string, at: number): MathText | undefined {
  if (at === 1 || /\p{Nd}/u.test(src[at + 1] ?? '')) return undefined;
  return { tex: src.slice(1, at).trim(), display: false, length: at + 1 };
}
