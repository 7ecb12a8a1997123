import type { AnyToken } from '../ast.ts';
import { attrValue } from '../ast.ts';
import type { Compilation } from '../compilation.ts';
import { report } from '../diagnose.ts';
import { lintMessages } from './messages.ts';
import { locate } from '../text/source.ts';
import { parseTalkTime } from '../talk-time.ts';

/** `duration:` of the talk and `time=` of a slide that the speaker view could not count with. */
export function lintTimes(cx: Compilation, tokens: readonly AnyToken[]): void {
  const duration = cx.facts.meta['duration'];
  if (duration !== undefined && parseTalkTime(duration) === undefined) {
    report(cx, lintMessages.badTime(locate(cx.source, 'duration', 1), 'duration', plain(duration)));
  }
  for (const token of tokens) {
    if (token.type !== 'section') continue;
    const time = attrValue(token.attr, 'time');
    if (time !== undefined && parseTalkTime(time) === undefined)
      report(cx, lintMessages.badTime(locate(cx.source, 'time', token.line), 'time', time));
  }
}

/** What stands in the YAML block, for a message. */
function plain(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
}
