import type { Attr, Block } from '../../ast.ts';
import { emptyAttr } from '../../ast.ts';
import { defineBlock } from '../../construct.ts';
import { report } from '../../diagnose.ts';
import { messages } from '../../messages/messages.ts';
import { blockPosition } from '../../text/place.ts';
import { isTooDeep, readBlocksUntil } from '../../runs.ts';
import { isBlankAt, lineLength, skipBlankLines } from '../../text/text.ts';
import { parseAttributes } from '../inline/attributes.ts';

const END = /^:{3,}[ \t]*(?:\n|$)/;

/** `::: {.class}` or `::: name`, blocks, `:::`. */
export const fencedDiv = defineBlock('fencedDiv', (cx, src): Block | undefined => {
  const opening = readOpening(src);
  if (opening === undefined || isTooDeep(cx)) return undefined;
  const place = blockPosition(cx, src);
  const { state } = cx;
  state.line += src.slice(0, opening.length).split('\n').length - 1;
  state.divLevel++;
  const run = readBlocksUntil(cx, src.slice(opening.length), startsDivEnd);
  state.divLevel--;
  if (!run.ended) report(cx, messages.unclosedDiv({ ...place, length: lineLength(src.trimEnd()) }));
  const end = opening.length + run.length;
  const closed = run.ended ? skipBlankLines(src, end + lineLength(src, end)) : end;
  return { type: 'div', raw: src.slice(0, closed), attr: opening.attr, tokens: run.tokens, ...place };
});

export function startsDivEnd(src: string): boolean {
  return src.startsWith(':::') && END.test(src.slice(0, 500));
}

function readOpening(src: string): { attr: Attr; length: number } | undefined {
  if (!src.startsWith(':::')) return undefined;
  const colons = /^:{3,}[ \t]*/.exec(src.slice(0, 500))?.[0].length ?? 0;
  const group = parseAttributes(src, colons);
  const word = group === undefined ? /^\S+/.exec(src.slice(colons, colons + 200))?.[0] : undefined;
  if (group === undefined && word === undefined) return undefined;
  const attr = group?.attr ?? { ...emptyAttr(), classes: [word ?? ''] };
  let at = colons + (group?.length ?? word?.length ?? 0);
  at += /^[ \t]*:*/.exec(src.slice(at, at + 500))?.[0].length ?? 0;
  if (!isBlankAt(src, at)) return undefined;
  return { attr, length: skipBlankLines(src, at + lineLength(src, at)) };
}
