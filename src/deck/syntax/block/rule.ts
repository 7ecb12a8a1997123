import type { Block } from '../../ast.ts';
import { defineBlock, defineRenderer } from '../../construct.ts';
import { lineLength, skipBlankLines } from '../../text/text.ts';

const RULE = /^ {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$/;
/** Longer lines are text; keeps the pattern from going over a line of a megabyte. */
const LONGEST = 2000;

/** Three or more of `-`, `*` or `_` on a line: a new slide without a title. */
export const rule = defineBlock('rule', (cx, src): Block | undefined => {
  const length = lineLength(src);
  if (!isRule(src.slice(0, length))) return undefined;
  return { type: 'rule', raw: src.slice(0, skipBlankLines(src, length)), line: cx.state.line };
});

export function isRule(line: string): boolean {
  return line.length < LONGEST && RULE.test(line.replace(/\n$/, ''));
}

export const renderRule = defineRenderer('rule', () => '<hr />\n');
