import { codeName, type RunBlock } from '../../../demo/run-block.ts';
import type { Code } from '../../ast.ts';
import { attrValue } from '../../ast.ts';
import { findLanguage } from '../../html/code-languages.ts';
import { codeOf } from '../../code-file.ts';
import { runBlockOf } from '../../run-blocks.ts';
import type { Compilation } from '../../compilation.ts';
import { defineRenderer } from '../../construct.ts';
import { renderAttr } from '../../html/html-attributes.ts';
import { renderSteps } from './demo.ts';
import { escapeHtml } from '../../text/text.ts';

/** The first class that names a language; '' for numbered lines without one; nothing for plain code. */
export function languageOf(cx: Compilation, classes: readonly string[]): string | undefined {
  for (const name of classes) {
    const language = findLanguage(cx.languages, name);
    if (language !== undefined) return language;
  }
  return classes.some(isNumbered) ? '' : undefined;
}

function isNumbered(name: string): boolean {
  return name === 'numberLines' || name === 'number-lines' || name === 'number';
}

/** The attribute by which reveal.js steps through lines: it is read from the `code` element. */
const LINE_STEPS = new Set(['data-line-numbers', 'line-numbers', 'data-ln-start-from']);

export const renderCode = defineRenderer('code', (cx, token: Code) => {
  const block = runBlockOf(cx, token);
  return block === undefined ? renderText(cx, token) : renderText(cx, token) + renderOutput(block, token);
});

/** The panel below a block that runs: what it prints, and the step that runs it. Without one, `output="panel"`, only the step. */
function renderOutput({ demo, key }: RunBlock, { attr }: Code): string {
  const name = codeName(key);
  const classes = ['demo', 'run-block', ...(attrValue(attr, 'output') === 'panel' ? ['is-elsewhere'] : [])];
  const pairs: [string, string][] = [
    ['data-name', demo],
    ['data-views', name],
    ['data-steps', name],
  ];
  return `<div${renderAttr({ id: '', classes, pairs })}>\n${renderSteps([name])}</div>\n`;
}

function renderText(cx: Compilation, token: Code): string {
  const { attr } = token;
  const code = codeOf(cx, token);
  const steps = attr.pairs.filter(([key]) => LINE_STEPS.has(key));
  const pairs = attr.pairs.filter(([key]) => !LINE_STEPS.has(key));
  const stepText = renderAttr({ id: '', classes: [], pairs: steps });
  const language = languageOf(cx, attr.classes);
  // pandoc numbers every block without an id, the bare ones too.
  if (attr.id === '') cx.render.codeBlocks++;
  if (language === undefined) {
    const colour = cx.colour.highlight(code.text, attr.classes[0] ?? '');
    const lines = steps.length > 0 ? wrapLines(colour) : colour;
    return `<pre${renderAttr({ ...attr, pairs })}><code${stepText}>${lines}</code></pre>\n`;
  }
  const id = attr.id === '' ? `cb${cx.render.codeBlocks}` : attr.id;
  const numbered = attr.classes.some(isNumbered);
  const preClasses = ['sourceCode', ...(numbered ? ['numberSource'] : []), ...attr.classes];
  const codeClasses = language === '' ? ['sourceCode'] : ['sourceCode', language];
  const start = Number(attrValue(attr, 'startFrom') ?? attrValue(attr, 'start-from') ?? code.first ?? 1);
  const counter =
    numbered && start !== 1 && Number.isInteger(start)
      ? ` style="counter-reset: source-line ${start - 1};"`
      : '';
  const text = language === '' ? escapeHtml(code.text) : cx.colour.highlight(code.text, language);
  const lines = numbered || steps.length > 0 ? wrapLines(text) : text;
  return (
    `<div class="sourceCode"${renderAttr({ id, classes: [], pairs })}>` +
    `<pre class="${[...new Set(preClasses)].join(' ')}">` +
    `<code class="${codeClasses.join(' ')}"${stepText}${counter}>${lines}</code></pre></div>\n`
  );
}

/** Each line in an element of its own, to be counted and lit one by one; colours that span lines are reopened. */
function wrapLines(html: string): string {
  const open: string[] = [];
  return html
    .split('\n')
    .map((line) => {
      const before = open.join('');
      for (const tag of line.matchAll(/<span[^>]*>|<\/span>/g)) {
        if (tag[0] === '</span>') open.pop();
        else open.push(tag[0]);
      }
      return `<span class="line">${before}${line}${'</span>'.repeat(open.length)}</span>`;
    })
    .join('\n');
}
