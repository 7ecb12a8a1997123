import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path/posix';

/** Style sheets as one text; what they name is relative to the bundle's folder, and stands in `files`. */
export interface Styles {
  css: string;
  files: string[];
}

const URL_IN_CSS = /url\(["']?([^"')]+)["']?\)/g;

/** Reads style sheets of the bundle, with the fonts that `text` needs and no others. */
export async function readStyles(folder: string, sheets: readonly string[], text: string): Promise<Styles> {
  const used = new Set(Array.from(text, (character) => character.codePointAt(0) ?? 0));
  const files = new Set<string>();
  const texts = sheets.map(async (sheet) => {
    const css = keepUsedFonts(await readFile(join(folder, sheet), 'utf8'), used);
    return replaceUrls(css, (url) => {
      const file = join(dirname(sheet), url);
      files.add(file);
      return file;
    });
  });
  const css = (await Promise.all(texts)).join('\n');
  return { css, files: [...files] };
}

/** Replaces the names of files in a style sheet. */
export function replaceUrls(css: string, replace: (file: string) => string): string {
  return css.replace(URL_IN_CSS, (whole, file: string) =>
    /^(?:data:|#)/.test(file) ? whole : `url(${replace(file)})`,
  );
}

/** One `@font-face` block; those of minified CSS hold no braces inside. */
const FONT_FACE = /@font-face\s*\{[^}]*\}/g;

/** Leaves out fonts of alphabets that aren't used, and file formats that no browser of today needs. */
function keepUsedFonts(css: string, used: ReadonlySet<number>): string {
  return css.replace(FONT_FACE, (face) => {
    const range = /unicode-range:([^;}]+)/.exec(face)?.[1];
    return range !== undefined && !touches(range, used) ? '' : keepWoff2(face);
  });
}

function keepWoff2(face: string): string {
  const [woff2] = /url\([^)]*\.woff2["']?\)(?:\s*format\([^)]*\))?/.exec(face) ?? [];
  return woff2 === undefined ? face : face.replace(/src:[^;}]+/, `src:${woff2}`);
}

/** `U+0301,U+0400-045F,U+4??` against the characters that occur. */
function touches(range: string, used: ReadonlySet<number>): boolean {
  return range.split(',').some((part) => {
    const [, from = '', to] = /U\+([0-9A-F?]+)(?:-([0-9A-F]+))?/i.exec(part) ?? [];
    const first = Number.parseInt(from.replaceAll('?', '0'), 16);
    const last = Number.parseInt(to ?? from.replaceAll('?', 'F'), 16);
    for (const code of used) if (code >= first && code <= last) return true;
    return false;
  });
}
