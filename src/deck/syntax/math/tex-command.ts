import { countSpaces } from '../../text/text.ts';

/** One TeX command with its arguments, at the start of a text. */
export interface TexCommand {
  /** Without the backslash. */
  name: string;
  length: number;
}

/** The command; behind one that defines another, that other's name and its parameters. */
const NAME =
  /\\(?:((?:re)?newcommand|providecommand|def|let)\*?(?:\s*\\[A-Za-z]+(?:=?\\[A-Za-z]+|(?:#\d)+)?)?(?![A-Za-z])|([A-Za-z]+)(?:[ \t]*\*[ \t]*)?)/y;
/** `<2->`, `<handout:0>`: never a tag. */
const OVERLAY = /<(?=[^>\n]*\d)[-\w:@|+,.]{1,200}>/y;
const DEFINING = /^(?:(?:re)?newcommand|providecommand|DeclareMathOperator|DeclareRobustCommand|def)$/;
const DIMENSION =
  /[ \t]*=?-?(?:\d+(?:\.\d+)?|\.\d+)(?:(?:pt|pc|in|bp|cm|mm|dd|cc|sp|ex|em)(?![A-Za-z])|(?![A-Za-z\d.]))/y;
const OPTION = /[ \t]*(?:\n[ \t]*)?\[[^\]\n]{0,1000}\][ \t]*/y;

export function readCommand(src: string): TexCommand | undefined {
  const match = matchAt(NAME, src, 0);
  const name = match?.[1] ?? match?.[2] ?? '';
  if (match === undefined || name === 'begin' || name === 'end') return undefined;
  let length = match[0].length;
  if (FONT_SIZES.has(name)) return { name, length };
  if (SYMBOLS.has(name)) return { name, length: length + (src.startsWith('{}', length) ? 2 : 0) };
  if (DEFINING.test(name)) return { name, length: definitionEnd(src, length) };
  length = manyEnd(optionEnd, src, length);
  length += matchAt(DIMENSION, src, length)?.[0].length ?? 0;
  const braces = bracesEnd(src, length + countSpaces(src, length));
  // What is in brackets comes before what is in braces; what comes after that is text.
  return { name, length: braces === undefined ? length : manyEnd(bracesEnd, src, braces) };
}

type FindEnd = (src: string, at: number) => number | undefined;

function manyEnd(find: FindEnd, src: string, start: number): number {
  let at = start;
  for (let end = find(src, at); end !== undefined; end = find(src, at)) at = end;
  return at;
}

/** `\newcommand{\name}[1]{…}`; what it stands for may be on the line below. */
function definitionEnd(src: string, start: number): number {
  return manyEnd(
    (text, at) =>
      optionEnd(text, at) ??
      bracesEnd(text, at + countSpaces(text, at)) ??
      bracesEnd(text, nextLine(text, at)),
    src,
    start,
  );
}

/** Brackets and braces behind these are text. */
const FONT_SIZES: ReadonlySet<string> = new Set(
  'tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge'.split(' '),
);
/** These take no arguments, but for the empty braces that keep the space behind them. */
const SYMBOLS: ReadonlySet<string> = new Set(
  (
    'TeX LaTeX dots ldots vdots mdots S P o O l L ae AE aa AA oe OE ss i j copyright pounds euro bf it em rm tt sl itshape ' +
    'textbackslash slash newline par hfill today item'
  ).split(' '),
);

function nextLine(src: string, at: number): number {
  return at + (matchAt(/[ \t]*\n[ \t]*/y, src, at)?.[0].length ?? 0);
}

function optionEnd(src: string, at: number): number | undefined {
  const option = matchAt(OPTION, src, at) ?? matchAt(OVERLAY, src, at);
  return option === undefined ? undefined : at + option[0].length;
}

/** Longer arguments are looked at no further. */
const LONGEST = 4000;

/** Where the braces that open at `at` are closed. */
export function bracesEnd(src: string, at: number): number | undefined {
  if (src[at] !== '{') return undefined;
  let open = 0;
  for (let end = at; end < src.length && end < at + LONGEST; end++) {
    const char = src[end];
    if (char === '\\') end++;
    else if (char === '{') open++;
    else if (char === '}' && --open === 0) return end + 1;
  }
  return undefined;
}

/** What a sticky pattern matches there. */
export function matchAt(pattern: RegExp, src: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(src) ?? undefined;
}
