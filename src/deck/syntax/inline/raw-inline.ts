import type { Inline } from '../../ast.ts';
import { defineInline, defineRenderer } from '../../construct.ts';
import { parseTag } from '../../html/html-tag.ts';
import { inlinePosition } from '../../text/place.ts';
import { isInlineTag } from '../block/html-kinds.ts';

/** An HTML tag or comment inside a paragraph, as it stands. */
export const rawInline = defineInline('rawInline', (cx, src): Inline | undefined => {
  if (src[0] !== '<') return undefined;
  const tag = parseTag(src, 0, cx.state.unclosed);
  if (tag === undefined || !isInlineTag(tag)) return undefined;
  if (tag.kind === 'close' && tag.name === cx.state.htmlBlock) return undefined;
  return { type: 'rawInline', raw: tag.raw, html: tag.raw, ...inlinePosition(cx, src) };
});

export const renderRawInline = defineRenderer('rawInline', (_cx, token) => token.html);
