import { renderToString } from 'katex';

import type { Maths } from '../ast.ts';
import { defineRenderer } from '../construct.ts';
import { report } from '../diagnose.ts';
import { messages } from '../messages.ts';
import { escapeHtml } from '../text.ts';

/** Formulas are set when the deck is compiled: HTML to look at, MathML to be read aloud. */
export const renderMath = defineRenderer('math', (cx, token: Maths) => {
  cx.render.hasMath = true;
  const name = token.display ? 'display' : 'inline';
  return `<span class="math ${name}">${setMath(token, (reason) => {
    report(cx, messages.badMath({ line: token.line, column: token.column }, reason));
  })}</span>`;
});

/** More than this is no formula, and KaTeX takes its time. */
const LONGEST_FORMULA = 20_000;

function setMath(token: Maths, onError: (reason: string) => void): string {
  if (token.tex.length > LONGEST_FORMULA) {
    onError('it is too long');
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
    });
  } catch (error) {
    const reason =
      error instanceof Error ? error.message.replace(/^KaTeX parse error: /, '') : 'unknown reason';
    onError(reason.split('\n', 1)[0] ?? reason);
    return escapeHtml(token.tex);
  }
}
