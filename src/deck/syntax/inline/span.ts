import type { Attr, Inline } from '../../ast.ts';
import { emptyAttr } from '../../ast.ts';
import { defineInline, defineRenderer } from '../../construct.ts';
import { renderAttr } from '../../html/html-attributes.ts';
import { parseTag } from '../../html/html-tag.ts';
import { readInlines, readInlinesUntil } from '../../runs.ts';
import { trimEnds } from '../../text/trim-ends.ts';
import { parseAttributes } from './attributes.ts';
import { readBracketed } from './bracket.ts';
import { decodeEntities } from './entity.ts';

/** `[text]{.class}`. */
export const bracketedSpan = defineInline('bracketedSpan', (cx, src): Inline | undefined => {
  if (src[0] !== '[') return undefined;
  const bracketed = readBracketed(cx, src);
  if (bracketed === undefined) return undefined;
  const group = parseAttributes(src, bracketed.length);
  if (group === undefined) return undefined;
  const tokens = readInlines(cx, bracketed.inner);
  if (tokens === undefined) return undefined;
  const raw = src.slice(0, bracketed.length + group.length);
  return { type: 'span', raw, attr: group.attr, tokens: trimEnds(tokens) };
});

/** `<span class="…">text</span>` is the same thing. */
export const htmlSpan = defineInline('htmlSpan', (cx, src): Inline | undefined => {
  if (!/^<span[\s>]/i.test(src) || !/<\/span/i.test(src)) return undefined;
  const tag = parseTag(src);
  if (tag === undefined || tag.selfClosing) return undefined;
  let closing = '';
  const { wordEnd } = cx.state;
  const run = readInlinesUntil(cx, src.slice(tag.raw.length), (rest) => {
    if (!rest.startsWith('</')) return false;
    const end = parseTag(rest);
    if (end?.kind !== 'close' || end.name !== 'span') return false;
    closing = end.raw;
    return true;
  });
  if (!run.ended) {
    cx.state.wordEnd = wordEnd;
    return undefined;
  }
  const raw = src.slice(0, tag.raw.length + run.length + closing.length);
  return { type: 'span', raw, attr: attrOfTag(tag.attributes), tokens: run.tokens };
});

/** The attributes of a tag as those of braces. */
export function attrOfTag(attributes: readonly [string, string][]): Attr {
  const attr = emptyAttr();
  for (const [name, value] of attributes) {
    const text = decodeEntities(value);
    if (name === 'id') attr.id = text;
    else if (name === 'class') attr.classes.push(...text.split(/\s+/).filter((part) => part !== ''));
    else attr.pairs.push([name, text]);
  }
  return attr;
}

/** Classes that HTML has an element for. */
const ELEMENTS: Record<string, string> = { ul: 'u', underline: 'u', mark: 'mark', kbd: 'kbd', dfn: 'dfn' };

export const renderSpan = defineRenderer('span', (cx, token) => {
  const inner = cx.parser.parseInline(token.tokens);
  const named = token.attr.classes.find((name) => Object.hasOwn(ELEMENTS, name));
  if (named === undefined) return `<span${renderAttr(token.attr)}>${inner}</span>`;
  const element = ELEMENTS[named] ?? 'span';
  const classes = token.attr.classes.filter((name) => name !== named);
  return `<${element}${renderAttr({ ...token.attr, classes })}>${inner}</${element}>`;
});
