import type { CodeSpan, Inline } from '../../ast.ts';
import { emptyAttr } from '../../ast.ts';
import type { Reading } from '../../compilation.ts';
import { defineInline, defineRenderer } from '../../construct.ts';
import { renderAttr } from '../../html/html-attributes.ts';
import { escapeHtml } from '../../text/text.ts';
import { parseAttributes } from './attributes.ts';
import { languageOf } from '../block/code.ts';
import { startsList } from '../list/list-marker.ts';

const RAW_FORMAT = /^\{=([^\s{}]+)\}/;

/** Backticks, code, as many backticks; `{.lang}` or `{=html}` right behind. */
export const codeSpan = defineInline('codeSpan', (cx, src): Inline | undefined => {
  if (src[0] !== '`') return undefined;
  const found = readCodeSpan(cx, src);
  if (found === undefined) return undefined;
  const rest = src.slice(found.length);
  const format = RAW_FORMAT.exec(rest);
  if (format !== null) {
    const raw = src.slice(0, found.length + format[0].length);
    const html = /^html5?$/i.test(format[1] ?? '') || format[1] === 'revealjs' ? found.text : '';
    return { type: 'rawInline', raw, html, line: 0, column: 0 };
  }
  const group = parseAttributes(rest);
  const raw = src.slice(0, found.length + (group?.length ?? 0));
  return { type: 'codeSpan', raw, text: found.text, attr: group?.attr ?? emptyAttr() };
});

/** More backticks in a row are text. */
const MAX_MARKS = 100;
/** Characters looked at for one unit of the run's budget. */
const CHARACTERS_PER_FUEL = 2;

/** The code at the start of `src`; nothing when its marks are not closed in this paragraph. */
export function readCodeSpan(
  cx: Reading,
  src: string,
  unclosed = cx.state.unclosed,
): { text: string; length: number } | undefined {
  let marks = 0;
  while (src[marks] === '`' && marks <= MAX_MARKS) marks++;
  const mark = '`'.repeat(marks);
  if (marks > MAX_MARKS || unclosed.has(mark, src.length)) return undefined;
  let at = marks;
  for (;;) {
    const next = src.indexOf('`', at);
    if (next === -1) {
      unclosed.add(mark, src.length);
      return undefined;
    }
    let end = next + 1;
    while (src[end] === '`') end++;
    if (end - next === marks) {
      const body = src.slice(marks, next);
      if (interrupted(cx, body)) {
        cx.state.fuel -= end / CHARACTERS_PER_FUEL;
        return undefined;
      }
      return { text: body.replace(/\n/g, ' ').trim(), length: end };
    }
    at = end;
  }
}

function interrupted(cx: Reading, body: string): boolean {
  if (!body.includes('\n')) return false;
  if (/\n[ \t]*\n/.test(body)) return true;
  return (
    cx.state.inListItem &&
    body
      .split('\n')
      .slice(1)
      .some((line) => startsList(line))
  );
}

export const renderCodeSpan = defineRenderer('codeSpan', (cx, token: CodeSpan) => {
  const language = languageOf(cx, token.attr.classes);
  if (language === undefined) return `<code${renderAttr(token.attr)}>${escapeHtml(token.text)}</code>`;
  const named = language === '' ? [] : [language];
  const classes = [...new Set(['sourceCode', ...named, ...token.attr.classes])];
  return `<code${renderAttr({ ...token.attr, classes })}>${cx.colour.highlight(token.text, language)}</code>`;
});
