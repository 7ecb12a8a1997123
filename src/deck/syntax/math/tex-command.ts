/** One TeX command with its arguments, at the start of a text. */
export interface TexCommand {
  /** Without the backslash. */
  name: string;
  length: number;
}

/** The command; behind one that defines another, that other's name and its parameters. */
const NAME =
  /\\(?:((?:re)?newcommand|providecommand|def|let)\*?(?:\s*\\[A-Za-z]+(?:=?\\[A-Za-z]+|(?:#\d)+)?)?(?![A-Za-z])|([A-Za-z]+)\*?)/y;
const OVERLAY = /<[^>\n]{0,200}>/y;
const DEFINING = /^(?:(?:re)?newcommand|providecommand|DeclareMathOperator|DeclareRobustCommand|def)$/;
const OPTION = /\[[^\]\n]{0,1000}\]/y;

export function readCommand(src: string): TexCommand | undefined {
  const match = matchAt(NAME, src, 0);
  const name = match?.[1] ?? match?.[2] ?? '';
  if (match === undefined || name === 'begin' || name === 'end') return undefined;
  let length = match[0].length;
  length += matchAt(OVERLAY, src, length)?.[0].length ?? 0;
  for (;;) {
    const end =
      argumentEnd(src, length) ?? (DEFINING.test(name) ? bracesEnd(src, nextLine(src, length)) : undefined);
    if (end === undefined) return { name, length };
    length = end;
  }
}

/** What a command stands for may be on the line below. */
function nextLine(src: string, at: number): number {
  return at + (matchAt(/[ \t]*\n[ \t]*/y, src, at)?.[0].length ?? 0);
}

function argumentEnd(src: string, at: number): number | undefined {
  const option = matchAt(OPTION, src, at);
  if (option !== undefined) return at + option[0].length;
  return bracesEnd(src, src[at] === ' ' ? at + 1 : at);
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
