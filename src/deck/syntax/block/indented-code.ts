import type { Block } from '../../ast.ts';
import { emptyAttr } from '../../ast.ts';
import { defineBlock } from '../../construct.ts';
import { blockPosition } from '../../text/place.ts';
import { isBlankAt, lineLength, skipBlankLines } from '../../text/text.ts';

/** Lines indented by four spaces, with the blank lines between them. */
export const indentedCode = defineBlock('indentedCode', (cx, src): Block | undefined => {
  if (!src.startsWith('    ') || isBlankAt(src, 0)) return undefined;
  const lines: string[] = [];
  let at = 0;
  while (at < src.length) {
    if (isBlankAt(src, at)) {
      const next = skipBlankLines(src, at);
      if (!src.startsWith('    ', next)) break;
      lines.push(
        ...src
          .slice(at, next)
          .split('\n')
          .slice(0, -1)
          .map((line) => line.slice(4)),
      );
      at = next;
      continue;
    }
    if (!src.startsWith('    ', at)) break;
    const length = lineLength(src, at);
    lines.push(src.slice(at + 4, at + length).replace(/\n$/, ''));
    at += length;
  }
  const raw = src.slice(0, skipBlankLines(src, at));
  return {
    type: 'code',
    raw,
    text: lines.join('\n').replace(/\n+$/, ''),
    attr: emptyAttr(),
    ...blockPosition(cx, src),
  };
});
