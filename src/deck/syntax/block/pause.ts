import type { Block } from '../../ast.ts';

/** A paragraph `. . .`: what follows it, up to the next one, is a step (rule 15). */
export function isPause(block: Block): boolean {
  if (block.type !== 'paragraph' || block.tokens.length !== 5) return false;
  return block.tokens.every((token, index) =>
    index % 2 === 0 ? token.type === 'str' && token.text === '.' : token.type === 'space',
  );
}

/** The blocks before the first pause, and those behind each. */
export function splitAtPauses(blocks: readonly Block[]): Block[][] {
  const parts: Block[][] = [[]];
  for (const block of blocks) {
    if (isPause(block)) parts.push([]);
    else parts.at(-1)?.push(block);
  }
  return parts;
}
