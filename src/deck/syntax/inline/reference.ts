import type { Attr, Block, Inline, LinkTarget } from '../../ast.ts';
import { emptyAttr, str } from '../../ast.ts';
import type { Compilation, Reading } from '../../compilation.ts';
import { defineBlock, defineRenderer } from '../../construct.ts';
import { inlinePosition } from '../../text/place.ts';
import { readInlines } from '../../runs.ts';
import { lineLength, skipBlankLines } from '../../text/text.ts';
import { trimEnds } from '../../text/trim-ends.ts';
import { parseAttributes } from './attributes.ts';
import type { Bracketed } from './bracket.ts';
import { readBracketed } from './bracket.ts';
import { escapeAddress, readTitle } from './link-target.ts';

/** `[text][key]`, `[key][]` or `[key]`: whether it is a link is known when the whole deck has been read. */
export function readReference(
  cx: Reading,
  src: string,
  bracketed: Bracketed,
  image: boolean,
): Inline | undefined {
  const rest = src.slice(bracketed.length);
  const second = readBracketed(cx, rest);
  const hasKey = second !== undefined && second.inner.trim() !== '' && !second.inner.startsWith('^');
  const isEmpty = second?.inner === '';
  const length = bracketed.length + (hasKey || isEmpty ? (second?.length ?? 0) : 0);
  const label = hasKey ? second.inner : bracketed.inner;
  const tokens = readInlines(cx, bracketed.inner, image ? {} : { inLink: true });
  if (tokens === undefined) return undefined;
  const hasLinks = !image && !cx.state.inLink && /[[<]/.test(bracketed.inner);
  const text = hasLinks ? (readInlines(cx, bracketed.inner) ?? tokens) : tokens;
  return {
    type: 'reference',
    raw: (image ? '!' : '') + src.slice(0, length),
    image,
    tokens: trimEnds(tokens),
    key: normalizeKey(label),
    label,
    fallback: [str(image ? '![' : '['), ...text, str(']'), ...readSecond(cx, hasKey, isEmpty, second)],
    paired: hasKey || isEmpty,
    ...inlinePosition(cx, src),
  };
}

/** The second pair of brackets, which is text when there is no such definition. */
function readSecond(cx: Reading, hasKey: boolean, isEmpty: boolean, second?: Bracketed): Inline[] {
  if (isEmpty) return [str('[]')];
  if (!hasKey || second === undefined) return [];
  return [str('['), ...(readInlines(cx, second.inner) ?? []), str(']')];
}

export function normalizeKey(text: string): string {
  return text.replace(/\s+/g, ' ').trim().toLowerCase();
}

/** The target of a reference: a definition, else a heading of that text. */
export function findTarget(cx: Compilation, key: string): LinkTarget | undefined {
  const target = cx.facts.references.get(key);
  if (target !== undefined) return target;
  const id = cx.facts.headingKeys.get(key);
  return id === undefined ? undefined : { href: `#${id}`, title: '', attr: emptyAttr() };
}

export const renderReference = defineRenderer('reference', (cx, token) => {
  const target = findTarget(cx, token.key);
  if (target === undefined) return cx.parser.parseInline(token.fallback);
  const { href, title, attr } = target;
  const { tokens, line, column } = token;
  const resolved: Inline = token.image
    ? { type: 'image', raw: '', tokens, attr, src: href, title, line, column }
    : { type: 'link', raw: '', tokens, attr, href, title, line, column };
  return cx.parser.parseInline([resolved]);
});

const DEFINITION = /^ {0,3}\[(?!\^)((?:[^\][\\\n]|\\.|\[[^\][\n]*\])+)\]:[ \t]*(?:\n[ \t]*)?/;
const LONGEST_LABEL = 1000;

/** `[key]: address "title" {attributes}`: nothing to show. */
export const referenceDefinition = defineBlock('referenceDefinition', (cx, src): Block | undefined => {
  const opening = DEFINITION.exec(src.slice(0, LONGEST_LABEL));
  if (opening === null) return undefined;
  let at = opening[0].length;
  const address = readDefinitionAddress(src, at);
  if (address === undefined) return undefined;
  at = address.end;
  const title = readDefinitionTitle(src, at);
  if (title !== undefined) at = title.end;
  const group = readDefinitionAttributes(src, at);
  if (group !== undefined) at = group.end;
  if (!/^[ \t]*(?:\n|$)/.test(src.slice(at, at + 300))) return undefined;
  at = skipBlankLines(src, at + lineLength(src, at));
  const key = normalizeKey(opening[1] ?? '');
  const target = { href: address.text, title: title?.text ?? '', attr: group?.attr ?? emptyAttr() };
  return { type: 'referenceDefinition', raw: src.slice(0, at), key, target };
});

function readDefinitionAddress(src: string, at: number): { text: string; end: number } | undefined {
  if (src[at] === '<') {
    const end = src.slice(at, at + 4000).indexOf('>');
    if (end !== -1) return { text: escapeAddress(src.slice(at + 1, at + end)), end: at + end + 1 };
  }
  const line = src.slice(at, at + lineLength(src, at)).trimEnd();
  // A blank in the address is allowed; a title, an attribute group or the line's end ends it.
  const text = /^(?:(?!\s+["'({]|\s*$).)+/s.exec(line)?.[0] ?? '';
  return text === ''
    ? undefined
    : { text: escapeAddress(text.trim().replace(/\s+/g, ' ')), end: at + text.length };
}

function readDefinitionTitle(src: string, at: number): { text: string; end: number } | undefined {
  const gap = /^[ \t]*(?:\n[ \t]*)?/.exec(src.slice(at, at + 300))?.[0].length ?? 0;
  if (gap === 0) return undefined;
  if (src[at + gap] === '(') {
    const match = /^\(([^)\n]*)\)[ \t]*(?:\n|$)/.exec(src.slice(at + gap, at + gap + 1000));
    return match === null ? undefined : { text: match[1] ?? '', end: at + gap + (match[1] ?? '').length + 2 };
  }
  return readTitle(src, at + gap);
}

function readDefinitionAttributes(src: string, at: number): { attr: Attr; end: number } | undefined {
  const gap = /^[ \t]*(?:\n[ \t]*)?/.exec(src.slice(at, at + 300))?.[0].length ?? 0;
  const group = parseAttributes(src, at + gap);
  return group === undefined ? undefined : { attr: group.attr, end: at + gap + group.length };
}
