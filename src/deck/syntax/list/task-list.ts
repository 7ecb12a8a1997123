import type { Block, Inline } from '../../ast.ts';
import { str } from '../../ast.ts';
import type { Compilation } from '../../compilation.ts';
import { findTarget } from '../inline/reference.ts';

/** `- [ ]` and `- [x]`: a box at the item's start. */
export function toTaskItem(cx: Compilation, item: Block[]): Block[] {
  return withBox(cx, item, (isChecked, behind) => [
    html(`<label><input type="checkbox"${isChecked ? ' checked=""' : ''} />`),
    ...behind,
    html('</label>'),
  ]);
}

/** In a definition list the box is a character. */
export function toTaskDefinition(cx: Compilation, body: Block[]): Block[] {
  return withBox(cx, body, (isChecked, behind) => [str(isChecked ? '\u2612 ' : '\u2610 '), ...behind]);
}

function withBox(
  cx: Compilation,
  blocks: Block[],
  draw: (isChecked: boolean, behind: Inline[]) => Inline[],
): Block[] {
  const [first, ...rest] = blocks;
  if (first === undefined || (first.type !== 'plain' && first.type !== 'paragraph')) return blocks;
  const [mark, gap] = first.tokens;
  if (mark?.type !== 'reference' || gap?.type !== 'space') return blocks;
  const isChecked = mark.raw === '[x]' || mark.raw === '[X]';
  if ((!isChecked && mark.raw !== '[ ]') || findTarget(cx, mark.key) !== undefined) return blocks;
  return [{ ...first, tokens: draw(isChecked, first.tokens.slice(2)) }, ...rest];
}

function html(text: string): Inline {
  return { type: 'rawInline', raw: '', html: text, line: 0, column: 0 };
}
