import type { Block, Inline } from '../../ast.ts';
import type { Reading } from '../../compilation.ts';
import { defineBlock, defineInline } from '../../construct.ts';
import { inlinePosition, blockPosition } from '../../text/place.ts';
import { readCommand } from './tex-command.ts';
import { countSpaces, isBlankAt, lineLength } from '../../text/text.ts';

const BEGIN = /^\\begin\{([A-Za-z0-9*]+)\}/;
/** Environments that are formulas in a text, set as display math. */
const MATH_ENVIRONMENTS = new Set(
  (
    'equation align gather multline eqnarray displaymath math alignat flalign dmath dgroup darray subequations ' +
    'equation* align* gather* multline* eqnarray* alignat* flalign* dmath* dgroup* darray*'
  ).split(' '),
);
/** Parts of formulas that stand alone: blocks for pandoc, and formulas all the same. */
const MATH_PARTS = new Set(
  'aligned alignedat cases split array matrix pmatrix bmatrix vmatrix Bmatrix Vmatrix gathered smallmatrix subarray'.split(
    ' ',
  ),
);
/** Commands that stay in the paragraph even when they are alone on their line. */
const INLINE_COMMANDS = new Set(
  (
    'alert textbf textit emph text textrm textsf texttt textsc textup textcolor includegraphics cite citep citet ref ' +
    'eqref autoref pageref noindent LaTeX TeX label url href rm bf it em sl tt sc underline footnote mbox hbox dots ' +
    'ldots S P copyright enquote acronym ac gls nocite parencite textcite autocite footcite cref Cref vref sout st'
  ).split(' '),
);
/** Commands that are blocks even with text behind them. */
const BLOCK_COMMANDS = new Set(
  (
    'vspace hspace newpage clearpage cleardoublepage maketitle item input include usepackage frametitle framesubtitle par ' +
    'section subsection subsubsection chapter part caption def title author date pagebreak documentclass newcommand ' +
    'renewcommand providecommand newenvironment renewenvironment'
  ).split(' '),
);
const ANY_END = '\\end{';

interface Environment {
  name: string;
  length: number;
}

/** In a paragraph: an environment that is no formula ends it. */
export function startsTexBlock(cx: Reading, src: string): boolean {
  return readEnvironment(cx, src) !== undefined;
}

function readEnvironment({ state: { unclosed } }: Reading, src: string): Environment | undefined {
  const name = BEGIN.exec(src.slice(0, 80))?.[1];
  if (name === undefined) return undefined;
  const closing = `\\end{${name}}`;
  if (unclosed.has(closing, src.length) || unclosed.has(ANY_END, src.length)) return undefined;
  const end = src.indexOf(closing);
  if (end !== -1) return { name, length: end + closing.length };
  // Many different names that are never closed: mostly nothing is.
  unclosed.add(src.includes(ANY_END) ? closing : ANY_END, src.length);
  return undefined;
}

/** TeX that is no formula goes, as it does for pandoc. */
export const rawTexBlock = defineBlock('rawTexBlock', (cx, src): Block | undefined => {
  if (src[0] !== '\\' || !/[A-Za-z]/.test(src[1] ?? '')) return undefined;
  const length = blockLength(cx, src);
  if (length === undefined) return undefined;
  const place = blockPosition(cx, src);
  // The rest of its line goes with it, and the indentation of the next one, which is then no code.
  const end = isBlankAt(src, length) ? length + lineLength(src, length) : length;
  const raw = src.slice(0, isBlankAt(src, end) ? end : end + countSpaces(src, end));
  const name = BEGIN.exec(src.slice(0, 80))?.[1] ?? '';
  if (!MATH_PARTS.has(name)) {
    cx.macros.learn(raw);
    return { type: 'rawBlock', raw, html: '', ...place };
  }
  const tex = cx.macros.expand(src.slice(0, length));
  const formula: Inline = { type: 'math', raw: '', tex, display: true, ...place };
  return { type: 'plain', raw, line: place.line, tokens: [formula] };
});

function blockLength(cx: Reading, src: string): number | undefined {
  const environment = readEnvironment(cx, src);
  if (environment !== undefined)
    return MATH_ENVIRONMENTS.has(environment.name) ? undefined : environment.length;
  const command = readCommand(src);
  if (command === undefined) return undefined;
  const { name, length } = command;
  if (BLOCK_COMMANDS.has(name)) return length;
  return isBlankAt(src, length) && !INLINE_COMMANDS.has(name) ? length : undefined;
}

/** `\command{…}` in a text goes; `\begin{equation}…\end{equation}` is a formula. */
export const rawTexInline = defineInline('rawTexInline', (cx, src): Inline | undefined => {
  if (src[0] !== '\\' || !/[A-Za-z]/.test(src[1] ?? '')) return undefined;
  const environment = readEnvironment(cx, src);
  if (environment !== undefined) {
    if (!MATH_ENVIRONMENTS.has(environment.name)) return undefined;
    const raw = src.slice(0, environment.length);
    return { type: 'math', raw, tex: cx.macros.expand(raw), display: true, ...inlinePosition(cx, src) };
  }
  const command = readCommand(src);
  if (command === undefined) return undefined;
  // A bare command takes the space behind it along.
  const bare = command.length === command.name.length + 1;
  const raw = src.slice(0, command.length + (bare ? countSpaces(src, command.length) : 0));
  cx.macros.learn(raw);
  return { type: 'rawInline', raw, html: '', ...inlinePosition(cx, src) };
});
