import type { Inline } from '../ast.ts';

/** Inlines without the spaces and soft breaks at their ends, as pandoc trims headings and quotations. */
export function trimEnds(tokens: Inline[]): Inline[] {
  let start = 0;
  let end = tokens.length;
  while (start < end && isSpace(tokens[start])) start++;
  while (end > start && isSpace(tokens[end - 1])) end--;
  return tokens.slice(start, end);
}

function isSpace(token: Inline | undefined): boolean {
  return token?.type === 'space' || token?.type === 'softBreak';
}
