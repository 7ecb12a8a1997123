import type { Block } from '../../ast.ts';
import { isDefinition } from '../../ast.ts';

/**
 * A list is tight when none of its items holds a paragraph; the blank line behind its last item does not count. If one
 * does, they all do.
 */
export function compactItems(items: Block[][]): Block[][] {
  const last = items.at(-1)?.findLast((block) => !isDefinition(block));
  const paragraphs = items.flat().filter((block) => block.type === 'paragraph');
  if (last?.type === 'paragraph' && paragraphs.length === 1) {
    const tight: Block = { ...last, type: 'plain' };
    return items.map((item) => item.map((block) => (block === last ? tight : block)));
  }
  if (paragraphs.length === 0) return items;
  return items.map((item) =>
    item.map((block) => (block.type === 'plain' ? { ...block, type: 'paragraph' } : block)),
  );
}
