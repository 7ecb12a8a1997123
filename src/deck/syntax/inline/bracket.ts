import type { Reading } from '../../compilation.ts';
import { parseTag } from '../../html/html-tag.ts';
import { readCodeSpan } from './code-span.ts';
import { isInlineTag } from '../block/html-kinds.ts';
import { readMath } from '../math/math.ts';

/** Characters looked at for one unit of the run's budget. */
const CHARACTERS_PER_FUEL = 2;

export interface Bracketed {
  inner: string;
  /** With its brackets. */
  length: number;
}

/** `[…]` with its own brackets balanced; those in code, math and tags don't count. */
export function readBracketed(cx: Reading, src: string): Bracketed | undefined {
  if (src[0] !== '[') return undefined;
  let open = 0;
  let at = 0;
  while (at < src.length) {
    const char = src[at];
    if (char === '[') open++;
    if (char === ']' && --open === 0) {
      cx.state.fuel -= at / CHARACTERS_PER_FUEL;
      return { inner: src.slice(1, at), length: at + 1 };
    }
    at += skipAtom(cx, src, at);
  }
  cx.state.fuel -= at / CHARACTERS_PER_FUEL;
  return undefined;
}

/** How far one unit reaches: a character, or a whole span in which brackets are not brackets. */
function skipAtom(cx: Reading, src: string, at: number): number {
  const char = src[at];
  if (char === '\\') return 2;
  if (char === '`') return readCodeSpan(cx, src.slice(at))?.length ?? 1;
  if (char === '$') return readMath(src.slice(at))?.length ?? 1;
  if (char === '<') {
    const tag = parseTag(src, at, cx.state.unclosed);
    return tag !== undefined && isInlineTag(tag) ? tag.raw.length : 1;
  }
  return 1;
}
