/** Characters as pandoc classes them, and the text of HTML. */

const ALNUM = /[\p{L}\p{M}\p{N}]/u;

export function isAlphanumeric(char: string | undefined): boolean {
  return char !== undefined && char !== '' && ALNUM.test(char);
}

/** The first character, whole even outside the basic plane. */
export function firstChar(text: string): string {
  const code = text.codePointAt(0);
  return code === undefined ? '' : String.fromCodePoint(code);
}

export function isBlankAt(src: string, at: number): boolean {
  for (let i = at; i < src.length; i++) {
    const char = src[i];
    if (char === '\n') return true;
    if (char !== ' ' && char !== '\t') return false;
  }
  return true;
}

/** Length of the first line with its newline. */
export function lineLength(src: string, at = 0): number {
  const end = src.indexOf('\n', at);
  return (end === -1 ? src.length : end + 1) - at;
}

/** Where the blank lines that start at `at` end. */
export function skipBlankLines(src: string, at: number): number {
  let position = at;
  while (position < src.length && isBlankAt(src, position)) position += lineLength(src, position);
  return position;
}

export function countSpaces(src: string, at = 0): number {
  let count = 0;
  while (src[at + count] === ' ') count++;
  return count;
}

export function escapeHtml(text: string): string {
  if (!/[&<>]/.test(text)) return text;
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

export function escapeAttribute(text: string): string {
  return escapeHtml(text).replaceAll('"', '&quot;');
}

/** Folds runs of white space, as a browser does. */
export function foldSpace(text: string): string {
  return text.replace(/[ \t\n\r]+/g, ' ').trim();
}
