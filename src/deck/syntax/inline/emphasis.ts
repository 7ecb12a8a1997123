import type { Inline } from '../../ast.ts';
import { str } from '../../ast.ts';
import type { Reading } from '../../compilation.ts';
import { defineInline, defineRenderer } from '../../construct.ts';
import { readInlinesUntil } from '../../runs.ts';
import { firstChar, isAlphanumeric } from '../../text/text.ts';

/** What was read behind the opening marks: whole if they were closed, and its length in the source. */
interface Behind {
  tokens: Inline[];
  length: number;
}

/** `*a*`, `**a**`, `***a***` and the same with `_`. Marks that are never closed are text; what follows stays read. */
export const emphasis = defineInline('emphasis', (cx, src): Inline | undefined => {
  const mark = src[0] ?? '';
  if (mark !== '*' && mark !== '_') return undefined;
  if (mark === '_' && cx.state.wordEnd === src.length) return undefined;
  let count = 1;
  while (src[count] === mark) count++;
  const rest = src.slice(count);
  const spaces = /^[ \t]+/.exec(rest)?.[0];
  if (spaces !== undefined || count > 3) {
    return { type: 'str', raw: src.slice(0, count), text: src.slice(0, count) };
  }
  const reading = readBehind(cx, rest, mark, count);
  const raw = src.slice(0, count + reading.length);
  return { type: 'group', raw, tokens: reading.tokens };
});

function readBehind(cx: Reading, rest: string, mark: string, count: number): Behind {
  if (count === 3) return readThree(cx, rest, mark);
  return count === 2 ? readTwo(cx, rest, mark, []) : readOne(cx, rest, mark, []);
}

/** Until `*` or `**` or `***`; for the shorter ones the other half is still open. */
function readThree(cx: Reading, src: string, mark: string): Behind {
  const run = readInlinesUntil(cx, src, (rest) => endsWith(rest, mark, 1));
  const rest = src.slice(run.length);
  if (run.ended && endsWith(rest, mark, 3)) {
    return close(cx, src, run.length + 3, [wrap('strong', [wrap('emphasis', run.tokens)])]);
  }
  if (run.ended && endsWith(rest, mark, 2)) {
    const after = close(cx, src, run.length + 2, [wrap('strong', run.tokens)]);
    return shift(readOne(cx, src.slice(after.length), mark, after.tokens), after.length);
  }
  if (run.ended) {
    const after = close(cx, src, run.length + 1, [wrap('emphasis', run.tokens)]);
    return shift(readTwo(cx, src.slice(after.length), mark, after.tokens), after.length);
  }
  return { tokens: [str(mark.repeat(3)), ...run.tokens], length: run.length };
}

function readTwo(cx: Reading, src: string, mark: string, before: Inline[]): Behind {
  const run = readInlinesUntil(cx, src, (rest) => endsWith(rest, mark, 2));
  if (run.ended) return close(cx, src, run.length + 2, [wrap('strong', [...before, ...run.tokens])]);
  return { tokens: [str(mark.repeat(2)), ...before, ...run.tokens], length: run.length };
}

function readOne(cx: Reading, src: string, mark: string, before: Inline[]): Behind {
  const tokens: Inline[] = [...before];
  let length = 0;
  for (;;) {
    const run = readInlinesUntil(cx, src.slice(length), (rest) => endsWith(rest, mark, 1));
    tokens.push(...run.tokens);
    length += run.length;
    if (!run.ended) return { tokens: [str(mark), ...tokens], length };
    const rest = src.slice(length);
    // `**` inside `*…*` opens a strong part, unless three marks stand here.
    if (rest.startsWith(mark + mark) && !endsWith(rest.slice(2), mark, 1)) {
      const inner = readTwo(cx, rest.slice(2), mark, []);
      tokens.push(...inner.tokens);
      length += 2 + inner.length;
      continue;
    }
    return close(cx, src, length + 1, [wrap('emphasis', tokens)]);
  }
}

/** Closing marks: `_` inside a word closes nothing. */
function endsWith(rest: string, mark: string, count: number): boolean {
  if (!rest.startsWith(mark.repeat(count))) return false;
  return mark === '*' || !isAlphanumeric(firstChar(rest.slice(count, count + 2)));
}

function close(cx: Reading, src: string, length: number, tokens: Inline[]): Behind {
  cx.state.wordEnd = src.length - length;
  return { tokens, length };
}

function shift(reading: Behind, by: number): Behind {
  return { tokens: reading.tokens, length: reading.length + by };
}

function wrap(type: 'emphasis' | 'strong', tokens: Inline[]): Inline {
  return { type, raw: '', tokens };
}

export const renderEmphasis = defineRenderer(
  'emphasis',
  (cx, token) => `<em>${cx.parser.parseInline(token.tokens)}</em>`,
);
export const renderStrong = defineRenderer(
  'strong',
  (cx, token) => `<strong>${cx.parser.parseInline(token.tokens)}</strong>`,
);
