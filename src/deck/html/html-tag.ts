import type { Unclosed } from '../text/unclosed.ts';

/**
 * One HTML tag or comment at the start of a text, as forgivingly as pandoc's reader: attribute names must be names,
 * a tag's name holds no dot (`<example.org>` is text), and a comment ends at the first `-->`.
 */
export interface HtmlTag {
  kind: 'open' | 'close' | 'comment' | 'other';
  /** Lower case; empty for comments. */
  name: string;
  attributes: [name: string, value: string][];
  selfClosing: boolean;
  raw: string;
}

const NAME = /[A-Za-z][A-Za-z0-9:_-]*/y;
const ATTRIBUTE_NAME = /[A-Za-z_][A-Za-z0-9:_-]*/y;
const SPACE = /\s*/y;
const UNQUOTED = /[^\s>"']+/y;

function matchAt(pattern: RegExp, src: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(src)?.[0];
}

/** `unclosed` is what is known of the text that `src` is the rest of. */
export function parseTag(src: string, at = 0, unclosed?: Unclosed): HtmlTag | undefined {
  if (src[at] !== '<') return undefined;
  const next = src[at + 1] ?? '';
  if (next === '!') return parseComment(src, at, unclosed);
  if (next === '?') return parseUntil(src, at, '>', /^<\?[A-Za-z]/);
  if (next === '/') return parseClose(src, at);
  if (/[A-Za-z]/.test(next)) return parseOpen(src, at);
  return undefined;
}

function parseComment(src: string, at: number, unclosed?: Unclosed): HtmlTag | undefined {
  if (!src.startsWith('<!--', at)) return undefined;
  if (unclosed?.has('-->', src.length - at) === true) return undefined;
  const end = src.indexOf('-->', at + 4);
  if (end === -1) {
    unclosed?.add('-->', src.length - at);
    return undefined;
  }
  return { kind: 'comment', name: '', attributes: [], selfClosing: false, raw: src.slice(at, end + 3) };
}

function parseUntil(src: string, at: number, mark: string, opening: RegExp): HtmlTag | undefined {
  if (!opening.test(src.slice(at, at + 3))) return undefined;
  const end = src.indexOf(mark, at);
  if (end === -1) return undefined;
  return {
    kind: 'other',
    name: '',
    attributes: [],
    selfClosing: false,
    raw: src.slice(at, end + mark.length),
  };
}

function parseClose(src: string, at: number): HtmlTag | undefined {
  const name = matchAt(NAME, src, at + 2);
  if (name === undefined) return undefined;
  const end = at + 2 + name.length + (matchAt(SPACE, src, at + 2 + name.length) ?? '').length;
  if (src[end] !== '>' || name.endsWith(':')) return undefined;
  return {
    kind: 'close',
    name: name.toLowerCase(),
    attributes: [],
    selfClosing: false,
    raw: src.slice(at, end + 1),
  };
}

function parseOpen(src: string, at: number): HtmlTag | undefined {
  const name = matchAt(NAME, src, at + 1) ?? '';
  if (name.endsWith(':')) return undefined;
  const attributes: [string, string][] = [];
  let position = at + 1 + name.length;
  for (;;) {
    position += (matchAt(SPACE, src, position) ?? '').length;
    const selfClosing = src.startsWith('/>', position);
    if (src[position] === '>' || selfClosing) {
      const end = position + (selfClosing ? 2 : 1);
      return { kind: 'open', name: name.toLowerCase(), attributes, selfClosing, raw: src.slice(at, end) };
    }
    if (src[position] === '/') {
      position++;
      continue;
    }
    const next = parseAttribute(src, position);
    if (next === undefined) return undefined;
    attributes.push(next.pair);
    position = next.end;
  }
}

function parseAttribute(src: string, at: number): { pair: [string, string]; end: number } | undefined {
  const name = matchAt(ATTRIBUTE_NAME, src, at);
  if (name === undefined) return undefined;
  const afterName = at + name.length;
  const equals = afterName + (matchAt(SPACE, src, afterName) ?? '').length;
  if (src[equals] !== '=') return { pair: [name.toLowerCase(), ''], end: afterName };
  const start = equals + 1 + (matchAt(SPACE, src, equals + 1) ?? '').length;
  const quote = src[start];
  if (quote === '"' || quote === "'") {
    const end = src.indexOf(quote, start + 1);
    if (end === -1) return undefined;
    return { pair: [name.toLowerCase(), src.slice(start + 1, end)], end: end + 1 };
  }
  const value = matchAt(UNQUOTED, src, start) ?? '';
  return { pair: [name.toLowerCase(), value], end: start + value.length };
}
