import type { Attr, Image, Inline } from '../../ast.ts';
import { emptyAttr, str } from '../../ast.ts';
import type { Compilation } from '../../compilation.ts';
import { defineInline, defineRenderer } from '../../construct.ts';
import { renderAttr } from '../../html/html-attributes.ts';
import { plainText } from '../../text/plain-text.ts';
import { inlinePosition } from '../../text/place.ts';
import { readInlines } from '../../runs.ts';
import { escapeAttribute, escapeHtml } from '../../text/text.ts';
import { trimEnds } from '../../text/trim-ends.ts';
import { parseAttributes } from './attributes.ts';
import { readBracketed } from './bracket.ts';
import { parseLinkTarget } from './link-target.ts';
import { findTarget, readReference } from './reference.ts';

/** `![text](file "title"){attributes}`, or by reference. */
export const image = defineInline('image', (cx, src): Inline | undefined => {
  if (src[0] !== '!' || src[1] !== '[') return undefined;
  const inside = src.slice(1);
  const bracketed = readBracketed(cx, inside);
  if (bracketed === undefined) return undefined;
  const rest = inside.slice(bracketed.length);
  const target = parseLinkTarget(rest, cx.state.unclosed);
  if (target === undefined) return readReference(cx, inside, bracketed, true);
  const tokens = readInlines(cx, bracketed.inner);
  if (tokens === undefined) return undefined;
  const group = parseAttributes(rest, target.length);
  return {
    type: 'image',
    raw: src.slice(0, 1 + bracketed.length + target.length + (group?.length ?? 0)),
    tokens: trimEnds(tokens),
    attr: group?.attr ?? emptyAttr(),
    src: target.href,
    title: target.title,
    ...inlinePosition(cx, src),
  };
});

const VIDEO = /\.(?:mp4|webm|m4v|ogv|mkv|mov|avi|mpe?g|wmv|flv|3gp)$/i;
const AUDIO = /\.(?:mp3|wav|ogg|oga|m4a|aac|flac|opus|aiff?|mid|wma|ra|spx|weba)$/i;

export const renderImage = defineRenderer('image', (cx, token) => {
  const path = token.src.split(/[?#]/, 1)[0] ?? '';
  const size = withSize(token.attr);
  if (VIDEO.test(path)) return mediaElement(mediaLabel(cx, token), token, size, 'video');
  if (AUDIO.test(path)) return mediaElement(mediaLabel(cx, token), token, size, 'audio');
  const title = token.title === '' ? '' : ` title="${escapeAttribute(token.title)}"`;
  if (EMBEDDED.test(path))
    return `<embed data-src="${escapeAttribute(token.src)}"${title}${renderAttr(size)} />`;
  const text = shownText(cx, token.tokens);
  const given = token.attr.pairs.some(([key]) => key === 'alt');
  const alt = token.tokens.length === 0 || given ? '' : ` alt="${escapeAttribute(text)}"`;
  return `<img data-src="${escapeAttribute(token.src)}"${title}${renderAttr(size)}${alt} />`;
});

function shownText(cx: Compilation, tokens: Inline[]): string {
  return plainText(tokens.map((inner) => shownAs(cx, inner)));
}

/** What a token in an alternative text stands for: a reference that leads nowhere is text, a break is a space. */
function shownAs(cx: Compilation, token: Inline): Inline {
  if (token.type === 'reference' && findTarget(cx, token.key) === undefined)
    return { type: 'group', raw: '', tokens: token.fallback.map((inner) => shownAs(cx, inner)) };
  if (token.type === 'noteReference' && !cx.facts.notes.has(token.label)) return str(`[^${token.label}]`);
  if (token.type === 'rawInline') return token.html.startsWith('<br') ? str(' ') : token;
  return 'tokens' in token && token.type !== 'note'
    ? { ...token, tokens: token.tokens.map((inner) => shownAs(cx, inner)) }
    : token;
}

/** The text of the link inside, for a browser that can't play it: words, and formulas. */
function mediaLabel(cx: Compilation, { tokens }: Image): string {
  const hasMath = tokens.some((token) => token.type === 'math');
  return hasMath ? cx.parser.parseInline(tokens) : escapeHtml(shownText(cx, tokens));
}

function mediaElement(label: string, token: Image, attr: Attr, kind: 'video' | 'audio'): string {
  const address = escapeAttribute(token.src);
  const title = token.title === '' ? '' : ` title="${escapeAttribute(token.title)}"`;
  const name = kind === 'video' ? 'Video' : 'Audio';
  return (
    `<${kind} data-src="${address}"${title}${renderAttr(attr)} controls="">` +
    `<a href="${address}">${token.tokens.length === 0 ? name : label}</a></${kind}>`
  );
}

const EMBEDDED = /\.(?:pdf|swf|m3u)$/i;

const SIZE = /^(\d+(?:\.\d+)?|\.\d+)(px|%|cm|mm|in|inch|pt|em|pc)?$/;

/** `width=50%` becomes a style, `300` and `300px` an attribute in pixels; anything else is kept as it is. */
export function withSize(attr: Attr): Attr {
  const pairs: [string, string][] = [];
  const styles: string[] = [];
  for (const [key, value] of attr.pairs) {
    if (key !== 'width' && key !== 'height') pairs.push([key, value]);
  }
  const sizes: [string, string][] = [];
  for (const key of ['width', 'height']) {
    const value = attr.pairs.find(([name]) => name === key)?.[1];
    const match = value === undefined ? null : SIZE.exec(value);
    if (match === null) continue;
    const [, amount = '', unit = 'px'] = match;
    if (unit === 'px') sizes.push([key, String(Math.trunc(Number(amount)))]);
    else styles.push(`${key}:${sizeText(amount, unit)}`);
  }
  return joinStyles(attr, pairs, styles, sizes);
}

function sizeText(amount: string, unit: string): string {
  if (unit !== '%') return `${Number(amount)}${unit === 'inch' ? 'in' : unit}`;
  const number = Number(amount);
  return `${Number.isInteger(number) ? number.toFixed(1) : number}%`;
}

function joinStyles(
  attr: Attr,
  pairs: [string, string][],
  styles: string[],
  sizes: [string, string][],
): Attr {
  const given = pairs.find(([key]) => key === 'style')?.[1];
  const others = pairs.filter(([key]) => key !== 'style');
  const parts = given === undefined ? styles : [given, ...styles];
  const style: [string, string][] = parts.length === 0 ? [] : [['style', parts.join(';')]];
  return { ...attr, pairs: [...others, ...style, ...sizes] };
}
