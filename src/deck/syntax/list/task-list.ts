import type { Block, Inline } from '../../ast.ts';
import type { Compilation } from '../../compilation.ts';
import { findTarget } from '../inline/reference.ts';

/** `- [ ]` and `- [x]`: a box at the item's start. */
export function toTaskItem(cx: Compilation, item: Block[]): Block[] {
  const [first, ...rest] = item;
  if (first === undefined || (first.type !== 'plain' && first.type !== 'paragraph')) return item;
  const [mark, gap] = first.tokens;
  if (mark?.type !== 'reference' || gap?.type !== 'space') return item;
  const checked = mark.raw === '[x]' || mark.raw === '[X]';
  if ((!checked && mark.raw !== '[ ]') || findTarget(cx, mark.key) !== undefined) return item;
  const input = `<label><input type="checkbox"${checked ? ' checked=""' : ''} />`;
  const tokens: Inline[] = [html(input), ...first.tokens.slice(2), html('</label>')];
  return [{ ...first, tokens }, ...rest];
}

function html(text: string): Inline {
  return { type: 'rawInline', raw: '', html: text, line: 0, column: 0 };
}
