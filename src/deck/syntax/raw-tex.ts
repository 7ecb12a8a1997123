import type { Block, Inline } from '../ast.ts';
import { defineBlock, defineInline } from '../construct.ts';
import { inlinePosition, blockPosition } from '../place.ts';
import { isBlankAt, lineLength, skipBlankLines } from '../text.ts';

const BEGIN = /^\\begin\{([A-Za-z0-9*]+)\}/;
/** Environments that are formulas: they are set as display math. */
const MATH_ENVIRONMENTS = new Set(
  'equation equation* align align* gather gather* multline multline* eqnarray eqnarray* displaymath math alignat alignat* flalign flalign* dmath dmath* dgroup dgroup* darray darray* subequations'.split(' '),
);
const COMMAND_LINE = /^\\[A-Za-z]+\*?(?:[ ]*(?:\{[^{}\n]*(?:\{[^{}\n]*\}[^{}\n]*)*\}|\[[^\]\n]*\]))*[ \t]*(?:\n|$)/;

export function startsTexBlock(src: string): boolean {
  return readEnvironment(src) !== undefined;
}

function readEnvironment(src: string): { name: string; length: number } | undefined {
  const name = BEGIN.exec(src.slice(0, 80))?.[1];
  if (name === undefined) return undefined;
  const end = src.indexOf(`\\end{${name}}`);
  return end === -1 ? undefined : { name, length: end + name.length + 6 };
}

/** TeX that is no formula goes, as it does for pandoc. */
export const rawTexBlock = defineBlock('rawTexBlock', (cx, src): Block | undefined => {
  if (src[0] !== '\\') return undefined;
  const environment = readEnvironment(src);
  if (environment !== undefined && isMathEnvironment(environment.name)) return undefined;
  const length = environment?.length ?? COMMAND_LINE.exec(src.slice(0, 4000))?.[0].length;
  if (length === undefined) return undefined;
  if (environment === undefined && !isBlockCommand(src)) return undefined;
  const end = isBlankAt(src, length) ? skipBlankLines(src, length + lineLength(src, length)) : length;
  const raw = src.slice(0, environment === undefined ? skipBlankLines(src, length) : end);
  return { type: 'rawBlock', raw, html: '', ...blockPosition(cx, src) };
});

function isMathEnvironment(name: string): boolean {
  return MATH_ENVIRONMENTS.has(name);
}

function isBlockCommand(_src: string): boolean {
  return true;
}

const INLINE_COMMAND = /^\\([A-Za-z]+)\*?(?:[ ]*(?:\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}|\[[^\]\n]*\]))+|^\\[A-Za-z]+\*?[ \t]*/;

/** `\command{…}` in a text goes; `\begin{equation}…\end{equation}` is a formula. */
export const rawTexInline = defineInline('rawTexInline', (cx, src): Inline | undefined => {
  if (src[0] !== '\\' || !/^\\[A-Za-z]/.test(src)) return undefined;
  const environment = readEnvironment(src);
  if (environment !== undefined) {
    const raw = src.slice(0, environment.length);
    if (!isMathEnvironment(environment.name)) return undefined;
    return { type: 'math', raw, tex: raw, display: true, ...inlinePosition(cx, src) };
  }
  const raw = INLINE_COMMAND.exec(src.slice(0, 4000))?.[0];
  if (raw === undefined) return undefined;
  return { type: 'rawInline', raw, html: '', ...inlinePosition(cx, src) };
});
