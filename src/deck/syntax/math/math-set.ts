import { renderToString } from 'katex';
// \ce{H2O} and \pu{1 kg}.
import 'katex/contrib/mhchem';

import type { Maths } from '../../ast.ts';
import { defineRenderer } from '../../construct.ts';
import { report } from '../../diagnose.ts';
import { messages } from '../../messages/messages.ts';
import { escapeHtml } from '../../text/text.ts';

/** Formulas are set when the deck is compiled: HTML to look at, MathML to be read aloud. */
export const renderMath = defineRenderer('math', (cx, token: Maths) => {
  const { render } = cx;
  render.hasMath = true;
  const name = token.display ? 'display' : 'inline';
  const key = name + token.tex;
  let html = render.formulas.get(key);
  if (html === undefined) {
    html = setMath(token, render.formulas.size, (reason) => {
      report(cx, messages.badMath({ line: token.line, column: token.column }, reason));
    });
    render.formulas.set(key, html);
  }
  return `<span class="math ${name}">${html}</span>`;
});

/** More than this is no formula, and KaTeX takes its time. */
const LONGEST_FORMULA = 20_000;
/** Braces deeper than in any formula: KaTeX calls itself for each. */
const DEEPEST = 200;
const MAX_FORMULAS = 10_000;

function refusal(tex: string, count: number): string | undefined {
  if (tex.length > LONGEST_FORMULA) return 'it is too long';
  if (count >= MAX_FORMULAS) return `the deck has more than ${MAX_FORMULAS} formulas`;
  let open = 0;
  for (const mark of tex.matchAll(/[{}]|\\(?:left|begin|right|end)(?![A-Za-z])/g)) {
    open += mark[0] === '{' || mark[0] === '\\left' || mark[0] === '\\begin' ? 1 : -1;
    if (open > DEEPEST) return 'it is nested too deeply';
  }
  return undefined;
}

function setMath(token: Maths, count: number, onError: (reason: string) => void): string {
  const refused = refusal(token.tex, count);
  if (refused !== undefined) {
    onError(refused);
    return escapeHtml(token.tex);
  }
  try {
    return renderToString(token.tex, {
      displayMode: token.display,
      output: 'htmlAndMathml',
      throwOnError: true,
      strict: false,
      trust: false,
      maxExpand: 300,
      // A label is for references, which a slide has none of.
      macros: { '\\label': '\\@firstoftwo{}{#1}' },
    });
  } catch (error) {
    const reason =
      error instanceof Error ? error.message.replace(/^KaTeX parse error: /, '') : 'unknown reason';
    onError(reason.split('\n', 1)[0] ?? reason);
    return escapeHtml(token.tex);
  }
}
