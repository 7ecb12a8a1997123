import type { Block } from '../ast.ts';
import { attrValue } from '../ast.ts';
import type { Compilation } from '../compilation.ts';
import { report } from '../diagnose.ts';
import { parseTag } from '../html-tag.ts';
import { messages } from '../messages.ts';
import { plainText } from '../plain-text.ts';
import { walk } from '../walk.ts';

const MEDIA = /\.(?:mp4|webm|m4v|ogv|mkv|mov|avi|mpe?g|wmv|flv|3gp|mp3|wav|ogg|oga|m4a|aac|flac|opus)$/i;

/** Pictures that say nothing to those who can't see them, and pictures without an address. */
export function lintPictures(cx: Compilation, blocks: Block[]): void {
  walk(blocks, (token) => {
    if (token.type === 'rawBlock' || token.type === 'rawInline') {
      lintTags(cx, token.html, token);
      return;
    }
    if (token.type !== 'image') return;
    const place = { line: token.line, column: token.column };
    if (token.src === '') report(cx, messages.emptyTarget(place, 'picture'));
    const text = plainText(token.tokens).trim();
    // An empty alt on purpose says: this is decoration.
    const given = attrValue(token.attr, 'alt') ?? attrValue(token.attr, 'aria-hidden');
    if (text === '' && given === undefined && !MEDIA.test(token.src))
      report(cx, messages.pictureWithoutText(place));
  });
}

function lintTags(cx: Compilation, html: string, token: { line: number; column: number }): void {
  const tag = parseTag(html);
  if (tag?.name !== 'img') return;
  const says = tag.attributes.some(([name]) => name === 'alt' || name === 'aria-hidden');
  if (!says) report(cx, messages.pictureWithoutText({ line: token.line, column: token.column }));
}
