import { trimEnds } from '../../text/trim-ends.ts';
import type { Block, Inline } from '../../ast.ts';
import { withLiteralEnd } from '../inline/escape.ts';
import { defineBlock, defineRenderer } from '../../construct.ts';
import { readInlines } from '../../runs.ts';
import { lineLength, skipBlankLines } from '../../text/text.ts';

/** Lines that start with `| `: their breaks and their indentation stay. */
export const lineBlock = defineBlock('lineBlock', (cx, src): Block | undefined => {
  if (src[0] !== '|') return undefined;
  const texts: string[] = [];
  let at = 0;
  while (src[at] === '|' && (src[at + 1] === ' ' || src[at + 1] === '\n')) {
    let end = at + lineLength(src, at);
    // A line that starts with a space goes on with the one before.
    while (src[end] === ' ' && /^ +\S/.test(src.slice(end, end + 200))) end += lineLength(src, end);
    texts.push(
      src
        .slice(at + 1, end)
        .replace(/\n +/g, ' ')
        .replace(/\n$/, ''),
    );
    at = end;
  }
  if (texts.length === 0) return undefined;
  const lines = texts.map((text): Inline[] => {
    const indent = /^ ( *)/.exec(text)?.[1] ?? '';
    const content = withLiteralEnd(trimEnds(readInlines(cx, text.trim()) ?? []));
    return indent === '' || content.length === 0
      ? content
      : [{ type: 'str', raw: '', text: '\u00a0'.repeat(indent.length) }, ...content];
  });
  return { type: 'lineBlock', raw: src.slice(0, skipBlankLines(src, at)), lines };
});

export const renderLineBlock = defineRenderer('lineBlock', (cx, token) => {
  return `<div class="line-block">${token.lines.map((line) => cx.parser.parseInline(line)).join('<br />\n')}</div>\n`;
});
