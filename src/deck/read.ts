import type { Block } from './ast.ts';
import type { Compilation } from './compilation.ts';
import { report } from './diagnose.ts';
import { messages } from './messages/messages.ts';
import { readBlocks } from './runs.ts';
import { readPercentTitle } from './syntax/block/metadata.ts';

/** The deck's blocks; its metadata, link definitions, notes and ids are noted in the compilation. */
export function readDeck(cx: Compilation, text: string): Block[] {
  const body = readPercentTitle(cx, text);
  const blocks = readBlocks(cx, body, 1);
  cx.slideLevel = findSlideLevel(cx);
  return blocks;
}

function findSlideLevel(cx: Compilation): number {
  const given = cx.options.slideLevel ?? cx.meta['slide-level'];
  if (given === undefined) return 2;
  const level = Number(given);
  if (Number.isInteger(level) && level >= 1 && level <= 6) return level;
  report(
    cx,
    messages.badSlideLevel({ line: 1, column: 1 }, typeof given === 'string' ? given : JSON.stringify(given)),
  );
  return 2;
}
