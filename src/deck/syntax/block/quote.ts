import type { Block } from '../../ast.ts';
import { defineBlock, defineRenderer } from '../../construct.ts';
import { readBlocks } from '../../runs.ts';
import type { Reading } from '../../compilation.ts';
import { lineLength, skipBlankLines } from '../../text/text.ts';
import { isPause } from './pause.ts';
import { withIncremental } from '../list/incremental.ts';
import { readLineEnd } from '../inline/text.ts';

const MARK = /^ {0,3}> ?/;

/** Lines that start with `>`, and lazy lines behind them up to a blank one. */
export const quote = defineBlock('quote', (cx, src): Block | undefined => {
  if (!MARK.test(src.slice(0, 5))) return undefined;
  const lines: string[] = [];
  let at = 0;
  while (at < src.length) {
    const mark = MARK.exec(src.slice(at, at + 5))?.[0].length ?? lazyIndent(cx, src, at);
    if (mark === undefined) break;
    const end = at + lineLength(src, at);
    lines.push(src.slice(at + mark, end).replace(/\n$/, ''));
    at = end;
  }
  const raw = src.slice(0, skipBlankLines(src, at));
  const tokens = readBlocks(cx, `${lines.join('\n')}\n\n`, cx.state.line, {
    inListItem: cx.state.inListItem,
  });
  return { type: 'quote', raw, tokens };
});

/** A line without a mark goes on with the one before, as in a paragraph: its indentation does not count. */
function lazyIndent(cx: Reading, src: string, at: number): number | undefined {
  const lineEnd = readLineEnd(cx, src.slice(at - 1));
  return lineEnd === undefined ? undefined : lineEnd.length - 1;
}

/** A quote that holds only a list turns stepping on (or off) for it, and is no quote. */
export const renderQuote = defineRenderer('quote', (cx, token) => {
  const [only, ...others] = token.tokens.filter((block) => !isPause(block));
  const isList =
    only?.type === 'bulletList' || only?.type === 'orderedList' || only?.type === 'definitionList';
  if (others.length === 0 && isList && only === token.tokens[0]) {
    return withIncremental(cx, !cx.render.incremental, () => cx.renderBlocks([only]));
  }
  return `<blockquote>\n${cx.renderBlocks(token.tokens)}</blockquote>\n`;
});
