import type { Block } from '../../ast.ts';

/** A cell of one paragraph is as tight as one of a simple table. */
export function compactCell(blocks: Block[]): Block[] {
  const [only] = blocks;
  if (blocks.length === 1 && only?.type === 'paragraph') return [{ ...only, type: 'plain' }];
  return blocks;
}
