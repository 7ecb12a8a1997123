import type { AnyToken, Image } from '../ast.ts';
import { attrValue } from '../ast.ts';
import type { Compilation } from '../compilation.ts';
import { report } from '../diagnose.ts';
import { parseTag } from '../html/html-tag.ts';
import { lintMessages } from './messages.ts';
import { plainText } from '../text/plain-text.ts';

const MEDIA = /\.(?:mp4|webm|m4v|ogv|mkv|mov|avi|mpe?g|wmv|flv|3gp|mp3|wav|ogg|oga|m4a|aac|flac|opus)$/i;

/** Pictures that say nothing to those who can't see them, and pictures without an address. */
export function lintPictures(cx: Compilation, tokens: readonly AnyToken[]): void {
  for (const token of tokens) {
    if (token.type === 'rawBlock' || token.type === 'rawInline') lintTags(cx, token.html, token);
    if (token.type === 'image') lintImage(cx, token);
  }
}

function lintImage(cx: Compilation, image: Image): void {
  const place = { line: image.line, column: image.column };
  if (image.src === '') report(cx, lintMessages.emptyTarget(place, 'picture'));
  const text = plainText(image.tokens).trim();
  // An empty alt on purpose says: this is decoration.
  const given = attrValue(image.attr, 'alt') ?? attrValue(image.attr, 'aria-hidden');
  if (text === '' && given === undefined && !MEDIA.test(image.src))
    report(cx, lintMessages.pictureWithoutText(place));
}

function lintTags(cx: Compilation, html: string, token: { line: number; column: number }): void {
  const tag = parseTag(html);
  if (tag?.name !== 'img') return;
  const says = tag.attributes.some(([name]) => name === 'alt' || name === 'aria-hidden');
  if (!says) report(cx, lintMessages.pictureWithoutText({ line: token.line, column: token.column }));
}
