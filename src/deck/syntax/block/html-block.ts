import type { Block } from '../../ast.ts';
import type { Reading } from '../../compilation.ts';
import { defineBlock, defineRenderer } from '../../construct.ts';
import { report } from '../../diagnose.ts';
import type { HtmlTag } from '../../html/html-tag.ts';
import { parseTag } from '../../html/html-tag.ts';
import { messages } from '../../messages/messages.ts';
import { blockPosition } from '../../text/place.ts';
import { isTooDeep, readBlocksUntil } from '../../runs.ts';
import { countNewlines } from '../../text/source.ts';
import { countSpaces, isBlankAt, lineLength, skipBlankLines } from '../../text/text.ts';
import { startsDivEnd } from './fenced-div.ts';
import { isBlockTag, isVerbatimTag } from './html-kinds.ts';
import { attrOfTag } from '../inline/span.ts';

/** `<div>` is a div, with Markdown inside. One that is never closed swallows what follows. */
export const htmlDiv = defineBlock('htmlDiv', (cx, src): Block | undefined => {
  if (!/^<div[\s>/]/i.test(src)) return undefined;
  const tag = parseTag(src);
  if (tag === undefined || isTooDeep(cx)) return undefined;
  const place = blockPosition(cx, src);
  const start = skipBlankLines(src, tag.raw.length);
  const { run, closing } = readInside(cx, src, start, 'div');
  if (closing === '') report(cx, messages.unclosedHtmlDiv({ ...place, length: 4 }));
  const raw = src.slice(0, afterTag(src, start + run.length + closing.length));
  return { type: 'div', raw, attr: attrOfTag(tag.attributes), tokens: run.tokens, ...place };
});

/** Any other block of HTML: the tags stay as they are, and what they hold is Markdown, but in `<pre>` and its like. */
export const htmlBlock = defineBlock('htmlBlock', (cx, src): Block | undefined => {
  if (src[0] !== '<') return undefined;
  const tag = parseTag(src, 0, cx.state.unclosed);
  if (tag === undefined || !isBlockTag(tag)) return undefined;
  if (isVerbatimTag(tag)) return readVerbatim(cx, src, tag);
  if (tag.kind !== 'open' || isTooDeep(cx)) return rawToken(cx, src, tag.raw.length, tag.raw);
  return readElement(cx, src, tag);
});

function readElement(cx: Reading, src: string, tag: HtmlTag): Block {
  const place = blockPosition(cx, src);
  // Where the content starts on a line of its own, its indentation is no code.
  let start = tag.raw.length + countSpaces(src, tag.raw.length);
  let indent = 0;
  if (isBlankAt(src, start)) {
    start += lineLength(src, start);
    indent = countSpaces(src, start);
    start += indent;
  }
  const opening: Block = { type: 'rawBlock', raw: '', html: tag.raw, ...place };
  if (tag.selfClosing || start >= src.length) {
    return { type: 'rawBlock', raw: src.slice(0, afterTag(src, tag.raw.length)), html: tag.raw, ...place };
  }
  const { run, closing } = readInside(cx, src, start, tag.name, indent);
  const raw = src.slice(0, afterTag(src, start + run.length + closing.length));
  const ending: Block[] = closing === '' ? [] : [{ type: 'rawBlock', raw: '', html: closing, ...place }];
  return { type: 'blocks', raw, tokens: [opening, ...run.tokens, ...ending] };
}

function readInside(cx: Reading, src: string, start: number, name: string, indent = 0) {
  const { state } = cx;
  const outer = state.htmlBlock;
  state.line += countNewlines(src.slice(0, start));
  state.htmlBlock = name;
  const run = readBlocksUntil(cx, src.slice(start), (rest) => closingTag(rest, name) !== undefined, indent);
  state.htmlBlock = outer;
  const closing = run.ended ? (closingTag(src.slice(start + run.length), name)?.raw ?? '') : '';
  return { run, closing };
}

function closingTag(src: string, name: string): HtmlTag | undefined {
  if (!src.startsWith('</')) return undefined;
  const tag = parseTag(src);
  return tag?.kind === 'close' && tag.name === name ? tag : undefined;
}

/** Inside a raw block, its closing tag ends the paragraph. */
export function endsAtClosingTag(cx: Reading, src: string): boolean {
  return cx.state.htmlBlock !== '' && closingTag(src, cx.state.htmlBlock) !== undefined;
}

/** A line that closes the div or the raw block around: lazy lines never swallow it. */
export function endsContainer(cx: Reading, src: string): boolean {
  return (cx.state.divLevel > 0 && startsDivEnd(src)) || endsAtClosingTag(cx, src);
}

/** Blank lines behind a tag belong to it. */
function afterTag(src: string, at: number): number {
  return isBlankAt(src, at) && at < src.length ? skipBlankLines(src, at + lineLength(src, at)) : at;
}

function rawToken(cx: Reading, src: string, length: number, html: string): Block {
  return { type: 'rawBlock', raw: src.slice(0, afterTag(src, length)), html, ...blockPosition(cx, src) };
}

/** `<pre>`, `<script>`, `<style>`, `<textarea>` with all they hold. */
function readVerbatim(cx: Reading, src: string, tag: HtmlTag): Block | undefined {
  const mark = `</${tag.name}`;
  const { unclosed } = cx.state;
  const closing = unclosed.has(mark, src.length) ? null : new RegExp(`${mark}\\s*>`, 'i').exec(src);
  if (closing === null) {
    unclosed.add(mark, src.length);
    return rawToken(cx, src, tag.raw.length, tag.raw);
  }
  const length = closing.index + closing[0].length;
  return rawToken(cx, src, length, src.slice(0, length));
}

export const renderRawBlock = defineRenderer('rawBlock', (_cx, token) => `${token.html}\n`);
export const renderBlocks = defineRenderer('blocks', (cx, token) => cx.parser.parse(token.tokens));
