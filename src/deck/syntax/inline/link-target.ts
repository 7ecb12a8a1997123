import type { Unclosed } from '../../text/unclosed.ts';
import { parseEntity } from './entity.ts';

/** `(address "title")` behind a link's text or an image's. */
export interface LinkTargetText {
  href: string;
  title: string;
  length: number;
}

export function parseLinkTarget(src: string, unclosed: Unclosed): LinkTargetText | undefined {
  if (src[0] !== '(') return undefined;
  let at = skipSpace(src, 1);
  const address = readAngled(src, at, unclosed) ?? readAddress(src, at);
  at = address.end;
  const beforeTitle = skipSpaceAndLine(src, at);
  const title = beforeTitle === undefined ? undefined : readTitle(src, beforeTitle);
  if (title !== undefined) at = title.end;
  at = skipSpace(src, at);
  if (src[at] !== ')') return undefined;
  return { href: escapeAddress(address.text.trimEnd()), title: title?.text ?? '', length: at + 1 };
}

interface Piece {
  text: string;
  end: number;
}

function readAngled(src: string, at: number, unclosed: Unclosed): Piece | undefined {
  if (src[at] !== '<' || unclosed.has('>', src.length - at)) return undefined;
  let text = '';
  let position = at + 1;
  while (position < src.length) {
    if (src[position] === '>') return { text, end: position + 1 };
    const char = readCharacter(src, position);
    if (char === undefined) return undefined;
    text += char.text;
    position = char.end;
  }
  unclosed.add('>', src.length - at);
  return undefined;
}

/** Up to the closing parenthesis or a title; parentheses inside come in pairs, spaces are part of it. */
function readAddress(src: string, at: number): Piece {
  let text = '';
  let position = at;
  let open = 0;
  while (position < src.length) {
    const char = src[position] ?? '';
    if (char === ')' && open === 0) break;
    if (char === ' ' || char === '\t' || char === '\n') {
      const after = skipSpaceAndLine(src, position);
      const next = after === undefined ? '' : src[after];
      if (open === 0 && (next === '"' || next === "'")) break;
    }
    if (char === '(') {
      if (open === 0 && !closesLater(src, position)) break;
      open++;
    }
    if (char === ')') open--;
    const next = readCharacter(src, position);
    if (next === undefined) break;
    text += next.text;
    position = next.end;
  }
  return {
    text: text
      .split(/\s+/)
      .filter((part) => part !== '')
      .join(' '),
    end: position,
  };
}

/** Far enough for an address; looking to the end for every `(` would be quadratic. */
const LONGEST_PARENTHESES = 2000;

function closesLater(src: string, at: number): boolean {
  let open = 0;
  for (let i = at; i < src.length && i < at + LONGEST_PARENTHESES; i++) {
    if (src[i] === '\\') i++;
    else if (src[i] === '(') open++;
    else if (src[i] === ')' && --open === 0) return true;
  }
  return false;
}

/** A title: quoted, on this line or the next, ending at a quote that no letter follows. */
export function readTitle(src: string, at: number): Piece | undefined {
  const quote = src[at];
  if (quote !== '"' && quote !== "'") return undefined;
  if (src[at + 1] === quote) return { text: '', end: at + 2 };
  if (/\s/.test(src[at + 1] ?? ' ')) return undefined;
  let text = '';
  let position = at + 1;
  while (position < src.length) {
    const char = src[position];
    if (char === quote && !/[\p{L}\p{N}]/u.test(src[position + 1] ?? '')) {
      return {
        text: text
          .split(/\s+/)
          .filter((part) => part !== '')
          .join(' '),
        end: position + 1,
      };
    }
    const next = readCharacter(src, position);
    if (next === undefined) return undefined;
    text += next.text;
    position = next.end;
  }
  return undefined;
}

/** One character: escaped, a reference, or as it stands; nothing where a blank line would be crossed. */
function readCharacter(src: string, at: number): Piece | undefined {
  const char = src[at] ?? '';
  if (char === '\\' && /[^\p{L}\p{N}\n]/u.test(src[at + 1] ?? 'a')) {
    return { text: src[at + 1] ?? '', end: at + 2 };
  }
  if (char === '&') {
    const entity = parseEntity(src, at);
    if (entity !== undefined) return { text: entity.text, end: at + entity.length };
  }
  if (char === '\n')
    return /^\n[ \t]*(?:\n|$)/.test(src.slice(at, at + 400)) ? undefined : { text: ' ', end: at + 1 };
  return { text: char, end: at + 1 };
}

function skipSpace(src: string, at: number): number {
  let position = at;
  while (src[position] === ' ' || src[position] === '\t') position++;
  return position;
}

/** Spaces with at most one line end in them. */
function skipSpaceAndLine(src: string, at: number): number | undefined {
  const first = skipSpace(src, at);
  if (src[first] !== '\n') return first;
  const second = skipSpace(src, first + 1);
  return src[second] === '\n' ? undefined : second;
}

/** As pandoc's `escapeURI`: only what would break an attribute or an address. */
export function escapeAddress(address: string): string {
  return address.replace(/[\s<>|"{}[\]^`]/g, (char) => encodeURIComponent(char));
}
