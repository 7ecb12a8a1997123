import type { Block } from './ast.ts';
import type { Compilation, PercentTitle, Reading } from './compilation.ts';
import { report } from './diagnose.ts';
import { messages } from './messages/messages.ts';
import { readBlocks } from './runs.ts';
import { readPercentTitle } from './syntax/block/metadata.ts';

/** The deck's blocks and its `%` title block, as they were written. */
export function readDeck(cx: Reading, text: string): { blocks: Block[]; percentTitle: PercentTitle } {
  const { percentTitle, body } = readPercentTitle(cx, text);
  return { blocks: readBlocks(cx, body, 1), percentTitle };
}

/** The level of headings that open slides; one that makes no sense is reported. */
export function findSlideLevel(cx: Compilation): number {
  const given = cx.options.slideLevel ?? cx.facts.meta['slide-level'];
  if (given === undefined) return 2;
  const level = Number(given);
  if (Number.isInteger(level) && level >= 1 && level <= 6) return level;
  report(
    cx,
    messages.badSlideLevel({ line: 1, column: 1 }, typeof given === 'string' ? given : JSON.stringify(given)),
  );
  return 2;
}
