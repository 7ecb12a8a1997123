/** `.env` files as Compose reads them. Source: compose-spec, "Env_file format", and compose-go, dotenv/parser.go. */
import { fillIn, TemplateError, type Lookup } from './template.ts';

/** What is wrong with an env file; lines count from 1. */
export class DotenvError extends Error {
  override readonly name = 'DotenvError';
  readonly line: number;

  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

const STATEMENT =
  /[^\S\n]*(?:export[^\S\n]+)?(?<key>[\p{L}\p{N}_.[\]-]+)[^\S\n]*(?<sign>[=:]|\n|$)[^\S\n]*/uy;

/**
 * The variables of an env file, in its order. `outside` has those that its values can name besides the file's own, and gives those that
 * stand there without a value. Throws a `DotenvError`.
 */
export function parseDotenv(text: string, outside: Lookup): Map<string, string> {
  const source = text.replace(/^\uFEFF/u, '').replaceAll('\r\n', '\n');
  const found = new Map<string, string>();
  const lookup: Lookup = (name) => outside(name) ?? found.get(name);
  let at = 0;
  for (;;) {
    at = skipBlank(source, at);
    if (at >= source.length) return found;
    STATEMENT.lastIndex = at;
    const { key = '', sign = '' } = STATEMENT.exec(source)?.groups ?? {};
    if (key === '') throw new DotenvError(lineAt(source, at), `"${lineOf(source, at)}" is not NAME=value.`);
    const start = STATEMENT.lastIndex;
    if (sign === '=' || sign === ':') {
      const [value, end] = readValue(source, start, lookup);
      found.set(key, value);
      at = end;
    } else {
      const inherited = outside(key);
      if (inherited !== undefined) found.set(key, inherited);
      at = start;
    }
  }
}

function readValue(source: string, start: number, lookup: Lookup): [value: string, end: number] {
  const quote = source[start];
  if (quote === '"' || quote === "'") return readQuoted(source, start, quote, lookup);
  const end = endOfLine(source, start);
  const [plain = ''] = source.slice(start, end).split(' #', 1);
  return [expand(source, start, plain.trimEnd(), lookup), end];
}

function readQuoted(source: string, start: number, quote: string, lookup: Lookup): [string, number] {
  let value = '';
  for (let at = start + 1; at < source.length; at += 1) {
    const letter = source[at] ?? '';
    if (letter === quote)
      return [quote === '"' ? expand(source, start, unescape(value), lookup) : value, at + 1];
    if (letter === '\\' && source[at + 1] === quote) {
      value += quote;
      at += 1;
    } else if (letter === '\\' && at + 1 < source.length) {
      value += letter + (source[at + 1] ?? '');
      at += 1;
    } else value += letter;
  }
  throw new DotenvError(lineAt(source, start), `The quote of ${lineOf(source, start)} isn't closed.`);
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  c: '\\c',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '"': '"',
  '\\': '\\',
  $: '$$',
};

function unescape(text: string): string {
  return text.replaceAll(/\\(?:(?<octal>0\d{0,3})|(?<letter>[abcfnrtv$"\\]))/gu, (whole, octal, letter) => {
    if (typeof letter === 'string') return ESCAPES[letter] ?? whole;
    const digits = String(octal).slice(1);
    return /^[0-3][0-7]{2}$/u.test(digits) ? String.fromCodePoint(Number.parseInt(digits, 8)) : whole;
  });
}

function expand(source: string, at: number, text: string, lookup: Lookup): string {
  try {
    return fillIn(text, lookup);
  } catch (error) {
    if (error instanceof TemplateError) throw new DotenvError(lineAt(source, at), error.message);
    throw error;
  }
}

/** Over blank lines and comments. */
function skipBlank(source: string, start: number): number {
  let at = start;
  for (;;) {
    while (at < source.length && /\s/u.test(source[at] ?? '')) at += 1;
    if (source[at] !== '#') return at;
    at = endOfLine(source, at);
  }
}

function endOfLine(source: string, at: number): number {
  const end = source.indexOf('\n', at);
  return end === -1 ? source.length : end;
}

function lineAt(source: string, at: number): number {
  return source.slice(0, at).split('\n').length;
}

function lineOf(source: string, at: number): string {
  const line = source.slice(source.lastIndexOf('\n', at - 1) + 1, endOfLine(source, at));
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}
