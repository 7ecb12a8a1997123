import type { Reading } from '../compilation.ts';
import { countNewlines, locate } from './source.ts';
import type { Position } from './source.ts';

/** Where the inline that starts `src` stands: the run's own lines are counted, its column is looked up. */
export function inlinePosition(cx: Reading, src: string): Position {
  const { runText, runLine } = cx.state;
  const before = runText.length - src.length;
  const line =
    runLine + (before > 0 && before <= runText.length ? countNewlines(runText.slice(0, before)) : 0);
  return locate(cx.source, src.slice(0, 30), line);
}

/** Where the block that starts `src` stands. */
export function blockPosition(cx: Reading, src: string): Position {
  const lineStart = src.slice(0, 200).split('\n', 1)[0]?.trim() ?? '';
  return locate(cx.source, lineStart, cx.state.line);
}
