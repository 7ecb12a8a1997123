import type { AnyToken, Block, Cell, Inline } from './ast.ts';

/** Calls `visit` for every token, parents first, in the order of the deck. */
export function walk(tokens: readonly AnyToken[], visit: (token: AnyToken) => void): void {
  for (const token of tokens) {
    visit(token);
    // Most tokens are words and spaces: they hold nothing.
    if (token.type !== 'str' && token.type !== 'space') walk(childrenOf(token), visit);
  }
}

const NONE: readonly AnyToken[] = [];

export function childrenOf(token: AnyToken): readonly AnyToken[] {
  switch (token.type) {
    case 'bulletList':
    case 'orderedList':
      return token.items.flat();
    case 'definitionList':
      return token.entries.flatMap((entry): (Block | Inline)[] => [...entry.term, ...entry.bodies.flat()]);
    case 'lineBlock':
      return token.lines.flat();
    case 'figure':
      return [token.image];
    case 'table':
      return [...token.caption, ...cells(token.head), ...cells(token.body), ...cells(token.foot)];
    case 'section':
      return [token.heading, ...token.tokens];
    case 'exampleReference':
      return token.fallback;
    case 'reference':
      return [...token.tokens, ...token.suffix];
    default:
      return 'tokens' in token ? token.tokens : NONE;
  }
}

function cells(rows: Cell[][]): Block[] {
  return rows.flat().flatMap((cell) => cell.blocks);
}
