import type { ListStyle } from '../../ast.ts';
import { isRule } from '../block/rule.ts';
import { countSpaces, lineLength } from '../../text/text.ts';

/** What stands before a list's item: its kind, and how far the item's text is in. */
export interface Marker {
  kind: 'bullet' | ListStyle | 'example';
  delimiter: 'none' | 'period' | 'parenthesis' | 'parentheses';
  start: number;
  label: string;
  /** From the line's start to the item's text. */
  length: number;
}

/** Room for a marker; the line behind it is not looked at. */
const LONGEST_MARKER = 80;
const BULLET = /^ {0,3}[*+-](?: |(?=\n|$))/;
const ORDERED =
  /^( {0,3})(?:\((@[\w-]*|[0-9]+|[A-Za-z]+|#)\)|(@[\w-]*|[0-9]+|[A-Za-z]+|#)([.)]))(?: |(?=\n|$))/;

/** The mark before a definition: `:` or `~`. */
export const DEFINITION_MARK = /^( {0,3}[:~])(?=[ \t\n]|$)/;

export function startsList(src: string): boolean {
  return readBullet(src) !== undefined || readOrdered(src) !== undefined;
}

export function readBullet(src: string): Marker | undefined {
  const head = src.slice(0, LONGEST_MARKER);
  const match = BULLET.exec(head)?.[0];
  if (match === undefined) return undefined;
  if (isRule(src.slice(0, lineLength(src)))) return undefined;
  return {
    kind: 'bullet',
    delimiter: 'none',
    start: 0,
    label: '',
    length: match.length + extraSpaces(head, match.length),
  };
}

/** Up to three more spaces belong to the marker; four or more make the item start with code. */
export function extraSpaces(head: string, at: number): number {
  const spaces = countSpaces(head, at);
  return spaces > 3 ? 0 : spaces;
}

export function readOrdered(src: string): Marker | undefined {
  const head = src.slice(0, LONGEST_MARKER);
  const match = ORDERED.exec(head);
  if (match === null) return undefined;
  const [whole, , inParentheses, plain, sign] = match;
  const word = inParentheses ?? plain ?? '';
  const number = readNumber(word);
  if (number === undefined) return undefined;
  if (/^p\. \d/.test(head.trimStart())) return undefined;
  // "A. Name" is a person: a capital with a dot needs two spaces behind it.
  const isInitial = sign === '.' && /^[A-Z]$/.test(word);
  if (isInitial && /^[^ \n]/.test(head.slice(whole.length))) return undefined;
  const delimiter = inParentheses !== undefined ? 'parentheses' : sign === '.' ? 'period' : 'parenthesis';
  return { ...number, delimiter, length: whole.length + extraSpaces(head, whole.length) };
}

function readNumber(word: string): Pick<Marker, 'kind' | 'start' | 'label'> | undefined {
  if (word === '#') return { kind: 'default', start: 1, label: '' };
  if (word.startsWith('@')) return { kind: 'example', start: 1, label: word.slice(1) };
  if (/^\d+$/.test(word))
    return word.length > 9 ? undefined : { kind: 'decimal', start: Number(word), label: '' };
  const lower = word.toLowerCase() === word;
  if (!lower && word.toUpperCase() !== word) return undefined;
  const roman = romanValue(word.toLowerCase());
  const single = word.length === 1;
  // A single letter is a roman number only where a list would start with it.
  if (roman !== undefined && (!single || word.toLowerCase() === 'i')) {
    return { kind: lower ? 'lower-roman' : 'upper-roman', start: roman, label: '' };
  }
  if (!single) return undefined;
  const start = word.toLowerCase().charCodeAt(0) - 96;
  return { kind: lower ? 'lower-alpha' : 'upper-alpha', start, label: '' };
}

const ROMAN: Record<string, number> = { i: 1, v: 5, x: 10, l: 50, c: 100, d: 500, m: 1000 };

export function romanValue(word: string): number | undefined {
  if (!/^m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})$/.test(word) || word === '')
    return undefined;
  let total = 0;
  for (let at = 0; at < word.length; at++) {
    const value = ROMAN[word[at] ?? ''] ?? 0;
    total += value < (ROMAN[word[at + 1] ?? ''] ?? 0) ? -value : value;
  }
  return total;
}

/** Whether a marker goes on with the list that `first` opened; a letter may then be a roman number or the other way. */
export function continues(first: Marker, next: Marker, src: string): boolean {
  if (first.delimiter !== next.delimiter && first.kind !== 'example') return false;
  // `#` goes on with any list, and numbers with one that `#` opened.
  if (first.kind === next.kind || next.kind === 'default') return true;
  if (first.kind === 'default') return next.kind === 'decimal';
  const word = /[A-Za-z]+/.exec(src.slice(0, LONGEST_MARKER))?.[0] ?? '';
  const lower = word.toLowerCase() === word;
  const alphabetic = first.kind === 'lower-alpha' || first.kind === 'upper-alpha';
  if (alphabetic) return word.length === 1 && lower === (first.kind === 'lower-alpha');
  const roman = first.kind === 'lower-roman' || first.kind === 'upper-roman';
  return roman && lower === (first.kind === 'lower-roman') && romanValue(word.toLowerCase()) !== undefined;
}
