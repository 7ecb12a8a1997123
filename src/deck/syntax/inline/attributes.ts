import type { Attr } from '../../ast.ts';
import { emptyAttr } from '../../ast.ts';
import { parseEntity } from './entity.ts';

/** `{#id .class key=value}`: one group of braces. A bare word in it makes the whole group text (rule 11). */
export interface AttributeGroup {
  attr: Attr;
  length: number;
}

const IDENTIFIER = /[\p{L}_][\p{L}\p{M}\p{N}\-_:.]*/uy;
const ID = /#[\p{L}\p{M}\p{N}\-_:.]+/uy;

/** Reads a group at `at`; nothing if there is none, or if it is not only attributes. */
export function parseAttributes(src: string, at = 0): AttributeGroup | undefined {
  if (src[at] !== '{') return undefined;
  const attr = emptyAttr();
  let position = skipSpaceAndNewline(src, at + 1);
  while (position < src.length && src[position] !== '}') {
    const next = parseOne(src, position, attr);
    if (next === undefined) return undefined;
    position = skipSpaceAndNewline(src, next);
  }
  if (src[position] !== '}') return undefined;
  return { attr, length: position + 1 - at };
}

function parseOne(src: string, at: number, attr: Attr): number | undefined {
  const char = src[at];
  if (char === '#') {
    const id = matchAt(ID, src, at);
    if (id === undefined) return undefined;
    attr.id = id.slice(1);
    return at + id.length;
  }
  if (char === '.') {
    const name = matchAt(IDENTIFIER, src, at + 1);
    if (name === undefined) return undefined;
    attr.classes.push(name);
    return at + 1 + name.length;
  }
  if (char === '-') {
    attr.classes.push('unnumbered');
    return at + 1;
  }
  return parsePair(src, at, attr);
}

function parsePair(src: string, at: number, attr: Attr): number | undefined {
  const key = matchAt(IDENTIFIER, src, at);
  if (key === undefined || src[at + key.length] !== '=') return undefined;
  const value = parseValue(src, at + key.length + 1);
  if (value === undefined) return undefined;
  if (key === 'id') attr.id = value.text;
  else if (key === 'class') attr.classes.push(...value.text.split(/\s+/).filter((name) => name !== ''));
  else attr.pairs.push([key, value.text]);
  return value.end;
}

function parseValue(src: string, at: number): { text: string; end: number } | undefined {
  const quote = src[at];
  if (quote === '"' || quote === "'") {
    const quoted = parseQuoted(src, at + 1, quote);
    if (quoted !== undefined) return quoted;
  }
  let text = '';
  let position = at;
  while (position < src.length && !/[\s}]/.test(src[position] ?? '')) {
    if (src[position] === '\\' && /[^\p{L}\p{N}\s]/u.test(src[position + 1] ?? '')) position++;
    text += src[position] ?? '';
    position++;
  }
  return position === at ? undefined : { text, end: position };
}

function parseQuoted(src: string, at: number, quote: string): { text: string; end: number } | undefined {
  let text = '';
  let position = at;
  while (position < src.length) {
    const char = src[position] ?? '';
    if (char === quote) return { text, end: position + 1 };
    const entity = char === '&' ? parseEntity(src, position) : undefined;
    if (entity !== undefined) {
      text += entity.text;
      position += entity.length;
    } else if (char === '\n') {
      if (/^[ \t]*\n/.test(src.slice(position + 1, position + 200))) return undefined;
      text += ' ';
      position++;
    } else {
      if (char === '\\' && /[^\p{L}\p{N}]/u.test(src[position + 1] ?? 'a')) position++;
      text += src[position] ?? '';
      position++;
    }
  }
  return undefined;
}

function matchAt(pattern: RegExp, src: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(src)?.[0];
}

/** Spaces and at most one newline. */
function skipSpaceAndNewline(src: string, at: number): number {
  let position = at;
  let newlines = 0;
  while (position < src.length) {
    const char = src[position];
    if (char === '\n' && newlines === 0) newlines++;
    else if (char !== ' ' && char !== '\t') break;
    position++;
  }
  return position;
}
