import { trimEnds } from '../../text/trim-ends.ts';
import type { Block, Image, Inline } from '../../ast.ts';
import { defineBlock, defineRenderer } from '../../construct.ts';
import { readInlinesUntil, withInlineRun } from '../../runs.ts';
import { escapeHtml, isBlankAt, skipBlankLines } from '../../text/text.ts';
import { startsFence } from './fenced-code.ts';
import { startsDivEnd } from './fenced-div.ts';

import { endsAtClosingTag } from './html-block.ts';

/** Blank lines between blocks. */
export const blankLines = defineBlock('blankLines', (_cx, src): Block | undefined => {
  if (!isBlankAt(src, 0)) return undefined;
  return { type: 'nothing', raw: src.slice(0, skipBlankLines(src, 0)) };
});

/** Text up to a blank line or to what ends it otherwise; a picture with a caption alone in it is a figure. */
export const paragraph = defineBlock('paragraph', (cx, src): Block => {
  const text = src.slice(0, textLength(cx, src));
  const { line } = cx.state;
  const run = withInlineRun(cx, text, { runLine: line, runSource: src, quotes: 'none' }, () =>
    readInlinesUntil(cx, text, () => false),
  );
  const tokens = trimEnds(run.tokens);
  if (run.length === 0) {
    // A tag or a command that no block took: shown as it is, so that reading goes on.
    return {
      type: 'plain',
      raw: src.slice(0, 1),
      line,
      tokens: [{ type: 'str', raw: '', text: src.slice(0, 1) }],
    };
  }
  const after = run.length;
  const isParagraph = src[after] === '\n' && endsParagraph(cx, src, after + 1);
  const end = isParagraph ? skipBlankLines(src, after + 1) : after;
  const raw = src.slice(0, end);
  if (tokens.length === 0) return { type: 'nothing', raw };
  const image = onlyImage(tokens);
  if (image !== undefined) return { type: 'figure', raw, image, line };
  return { type: isParagraph ? 'paragraph' : 'plain', raw, line, tokens };
});

type Cx = Parameters<Parameters<typeof defineBlock>[1]>[0];

/** Up to the next blank line, farther if a comment is open there. */
function textLength({ state: { unclosed } }: Cx, src: string): number {
  let end = nextBlankLine(src, 0);
  for (;;) {
    const open = src.lastIndexOf('<!--', end);
    if (open === -1 || open >= end || unclosed.has('-->', src.length - open)) return end;
    const close = src.indexOf('-->', open);
    if (close === -1) unclosed.add('-->', src.length - open);
    if (close === -1 || close < end) return end;
    end = nextBlankLine(src, close);
  }
}

function nextBlankLine(src: string, from: number): number {
  let at = src.indexOf('\n', from);
  while (at !== -1) {
    // A newline that ends the text belongs to its last line: there is no blank line behind it.
    if (at + 1 >= src.length) return src.length;
    if (isBlankAt(src, at + 1)) return at;
    at = src.indexOf('\n', at + 1);
  }
  return src.length;
}

function endsParagraph(cx: Cx, src: string, at: number): boolean {
  if (at < src.length && isBlankAt(src, at)) return true;
  const rest = src.slice(at);
  if (startsFence(cx, rest)) return true;
  if (cx.state.htmlBlock === 'div' && endsAtClosingTag(cx, rest)) return true;
  return cx.state.divLevel > 0 && startsDivEnd(rest);
}

function onlyImage(tokens: Inline[]): Image | undefined {
  const [only] = tokens;
  return tokens.length === 1 && only?.type === 'image' && only.tokens.length > 0 ? only : undefined;
}

/** reveal.js stretches what stands directly in its slide. */
function isStretched(tokens: Inline[]): boolean {
  const [only] = tokens;
  return tokens.length === 1 && only?.type === 'image' && only.attr.classes.includes('r-stretch');
}

export const renderParagraph = defineRenderer('paragraph', (cx, token) => {
  const inner = cx.parser.parseInline(token.tokens);
  return isStretched(token.tokens) ? `${inner}\n` : `<p>${inner}</p>\n`;
});
export const renderPlain = defineRenderer('plain', (cx, token) => `${cx.parser.parseInline(token.tokens)}\n`);
export const renderStr = defineRenderer('str', (_cx, token) => escapeHtml(token.text));
export const renderSpace = defineRenderer('space', () => ' ');
export const renderSoftBreak = defineRenderer('softBreak', () => ' ');
export const renderLineBreak = defineRenderer('lineBreak', () => '<br />\n');
export const renderGroup = defineRenderer('group', (cx, token) => cx.parser.parseInline(token.tokens));
export const renderNothing = defineRenderer('nothing', () => '');
