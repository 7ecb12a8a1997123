import type { Cite, Inline } from '../../ast.ts';
import type { Compilation, Reading } from '../../compilation.ts';
import { defineInline, defineRenderer } from '../../construct.ts';
import { escapeAttribute, escapeHtml } from '../../text/text.ts';
import { parseAttributes } from './attributes.ts';
import type { Bracketed } from './bracket.ts';
import { readBracketed } from './bracket.ts';
import { findTarget, readReference } from './reference.ts';
import { parseLinkTarget } from './link-target.ts';

const KEY = /^@([\p{L}\p{N}_*](?:[\p{L}\p{N}_]|[:.#$%&\-+?<>~/](?=[\p{L}\p{N}_])|[:/](?=\/))*)/u;
const BRACED_KEY = /^@\{([^{}\s]+)\}/;

/** `@key`, `@key [p. 3]` and `[see @key; @other]`. The text stays as it was written: no bibliography is set. */
export const citation = defineInline('citation', (cx, src): Inline | undefined => {
  if (src[0] === '[') return readBracketedCite(cx, src);
  if (src[0] !== '@' && !src.startsWith('-@')) return undefined;
  return readTextual(cx, src);
});

function readTextual(cx: Reading, src: string): Inline | undefined {
  if (cx.state.wordEnd === src.length) return undefined;
  const key = readKey(src);
  if (key === undefined) return undefined;
  const raw = src.slice(0, key.length);
  cx.state.wordEnd = src.length - key.length;
  const written: Inline = { type: 'str', raw, text: `@${key.name}` };
  const rest = src.slice(key.length);
  const gap = /^[ \t]*(?:\n(?![ \t]*\n)[ \t]*)?/.exec(rest)?.[0] ?? '';
  const next = rest.slice(gap.length);
  const bracketed = next[0] === '[' ? readCiteList(cx, next) : undefined;
  if (bracketed !== undefined) {
    const whole = src.slice(0, key.length + gap.length + bracketed.length);
    const text = `@${key.name} ${next.slice(0, bracketed.length)}`;
    return citeToken(whole, [key.name, ...bracketed.keys], text);
  }
  const locator = next[0] === '[' ? readLocator(cx, next) : undefined;
  if (locator !== undefined) {
    const whole = src.slice(0, key.length + gap.length + locator.length);
    const cite = citeToken(whole, [key.name], `@${key.name} ${next.slice(0, locator.length)}`);
    const reference = readReference(cx, next, locator, false);
    if (reference?.type !== 'reference') return cite;
    const alone: Inline = { type: 'cite', raw, keys: [key.name], tokens: [written] };
    const space: Inline[] = gap === '' ? [] : [{ type: 'space', raw: gap }];
    return { ...cite, link: { key: reference.key, tokens: [alone, ...space, reference] } };
  }
  return {
    type: 'exampleReference',
    raw,
    label: key.name,
    fallback: [{ type: 'cite', raw, keys: [key.name], tokens: [written] }],
  };
}

function readKey(src: string): { name: string; length: number } | undefined {
  const sign = src[0] === '-' ? 1 : 0;
  const head = src.slice(sign, sign + 300);
  const match = KEY.exec(head) ?? BRACED_KEY.exec(head);
  return match === null ? undefined : { name: match[1] ?? '', length: sign + match[0].length };
}

function readBracketedCite(cx: Reading, src: string): Inline | undefined {
  const list = readCiteList(cx, src);
  if (list === undefined) return undefined;
  const raw = src.slice(0, list.length);
  return citeToken(raw, list.keys, raw);
}

function citeToken(raw: string, keys: string[], text: string): Cite {
  return { type: 'cite', raw, keys, tokens: [{ type: 'str', raw: '', text }] };
}

/** A list of citations in brackets: every part between semicolons names a key, and no link or span follows. */
function readCiteList(cx: Reading, src: string): { keys: string[]; length: number } | undefined {
  if (!src.includes('@')) return undefined;
  const bracketed = readBracketed(cx, src);
  if (bracketed === undefined || !bracketed.inner.includes('@')) return undefined;
  const keys: string[] = [];
  for (const part of bracketed.inner.split(';')) {
    const at = part.search(/(?<![\p{L}\p{N}*_])-?@[\p{L}\p{N}_*{]/u);
    const key = at === -1 ? undefined : readKey(part.slice(at));
    if (key === undefined) return undefined;
    keys.push(key.name);
  }
  const after = src.slice(bracketed.length);
  if (parseLinkTarget(after, cx.state.unclosed) !== undefined || parseAttributes(after) !== undefined)
    return undefined;
  if (readBracketed(cx, after) !== undefined) return undefined;
  return { keys, length: bracketed.length };
}

/** `[p. 3]` behind a key: no note, and no link unless the deck defines its words. */
function readLocator(cx: Reading, src: string): Bracketed | undefined {
  if (src.startsWith('[^')) return undefined;
  const bracketed = readBracketed(cx, src);
  if (bracketed === undefined) return undefined;
  const after = src.slice(bracketed.length);
  if (/^[[({]/.test(after)) return undefined;
  return bracketed;
}

/** Whether the brackets behind its key are a link. */
export function isLinked(cx: Compilation, token: Cite): token is Cite & Required<Pick<Cite, 'link'>> {
  return token.link !== undefined && findTarget(cx, token.link.key) !== undefined;
}

export const renderCite = defineRenderer('cite', (cx, token) => {
  if (isLinked(cx, token)) return cx.parser.parseInline(token.link.tokens);
  return `<span class="citation" data-cites="${escapeAttribute(token.keys.join(' '))}">${cx.parser.parseInline(token.tokens)}</span>`;
});

export const renderExampleReference = defineRenderer('exampleReference', (cx, token) => {
  const number = cx.facts.examples.get(token.label);
  return number === undefined ? cx.parser.parseInline(token.fallback) : escapeHtml(String(number));
});
