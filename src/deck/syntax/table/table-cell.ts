import { trimEnds } from '../../text/trim-ends.ts';
import type { Block, Cell, TableFields } from '../../ast.ts';
import type { Reading } from '../../compilation.ts';
import { withLiteralEnd } from '../inline/escape.ts';
import { readInlinesUntil, withInlineRun } from '../../runs.ts';

/** What a kind of table reads; its caption is read for all of them alike. */
export type TableReading = Omit<TableFields, 'attr' | 'caption'> & { length: number };

/** A cell of one line of text. */
export function plainCell(cx: Reading, text: string): Cell {
  const words = text.trim();
  const run = withInlineRun(cx, words, {}, () => readInlinesUntil(cx, words, () => false));
  const tokens = withLiteralEnd(trimEnds(run.tokens));
  const blocks: Block[] =
    tokens.length === 0 ? [] : [{ type: 'plain', raw: '', line: cx.state.line, tokens }];
  return { blocks, columns: 1, rows: 1 };
}
