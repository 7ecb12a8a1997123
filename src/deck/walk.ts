import type { AnyToken, Block, Cell, Inline } from './ast.ts';
import type { Compilation } from './compilation.ts';
import { isLinked } from './syntax/inline/citation.ts';
import { findTarget } from './syntax/inline/reference.ts';

/**
 * Every token of the deck in its order, parents first, without words and spaces: most tokens are those, and nobody asks
 * for them one by one. Made once, because those who look for something are many.
 */
export function everyToken(cx: Compilation, sections: readonly Block[]): AnyToken[] {
  const found: AnyToken[] = [];
  collect(cx, sections, found);
  for (const note of cx.facts.notes.values()) collect(cx, note.blocks, found);
  return found;
}

function collect(cx: Compilation, tokens: readonly AnyToken[], found: AnyToken[]): void {
  for (const token of tokens) {
    if (token.type === 'str' || token.type === 'space' || token.type === 'softBreak') continue;
    found.push(token);
    collect(cx, childrenOf(cx, token), found);
  }
}

const NONE: readonly AnyToken[] = [];

export function childrenOf(cx: Compilation, token: AnyToken): readonly AnyToken[] {
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
    case 'cite':
      return isLinked(cx, token) ? token.link.tokens : token.tokens;
    case 'reference':
      return findTarget(cx, token.key) === undefined ? token.fallback : token.tokens;
    default:
      return 'tokens' in token ? token.tokens : NONE;
  }
}

function cells(rows: Cell[][]): Block[] {
  return rows.flat().flatMap((cell) => cell.blocks);
}
