import type { Reading } from '../../compilation.ts';
import { parseTag } from '../../html/html-tag.ts';
import type { Unclosed } from '../../text/unclosed.ts';
import { readMath } from '../math/math.ts';
import { readCodeSpan } from './code-span.ts';

/**
 * Characters from `at` on that belong together, whatever they hold: code, a formula, a tag, or a backslash with what it escapes.
 * Any other character stands alone: 1.
 */
export function opaqueLength(cx: Reading, text: string, at: number, unclosed: Unclosed): number {
  const char = text[at];
  if (char === '\\') return 2;
  if (char === '`') return readCodeSpan(cx, text.slice(at), unclosed)?.length ?? 1;
  if (char === '$') return readMath(text.slice(at))?.length ?? 1;
  if (char === '<') return parseTag(text, at, unclosed)?.raw.length ?? 1;
  return 1;
}
