import type { Attr, Block } from '../../ast.ts';
import { emptyAttr } from '../../ast.ts';
import type { Reading } from '../../compilation.ts';
import { defineBlock } from '../../construct.ts';
import { blockPosition } from '../../text/place.ts';
import { countSpaces, isBlankAt, lineLength, skipBlankLines } from '../../text/text.ts';
import { parseAttributes } from '../inline/attributes.ts';

interface Fence {
  mark: string;
  size: number;
  indent: number;
  attr: Attr;
  /** `{=html}`: not code but what it says. */
  format: string;
  /** Where the line after the fence starts. */
  body: number;
}

/** Three or more backticks or tildes, a language or braces, code, and as many marks again. */
export const fencedCode = defineBlock('fencedCode', (cx, src): Block | undefined => {
  const fence = readFence(src);
  if (fence === undefined) return undefined;
  const body = readBody(cx, src, fence);
  if (body === undefined) return undefined;
  const raw = src.slice(0, body.end);
  const place = blockPosition(cx, src);
  if (fence.format === '') return { type: 'code', raw, text: body.text, attr: fence.attr, ...place };
  const html = /^(?:html5?|revealjs)$/i.test(fence.format) ? body.text : '';
  return { type: 'rawBlock', raw, html, ...place };
});

/** Whether a whole fenced block starts here: only then it ends a paragraph. `indent` is how far the container's lines are in. */
export function startsFence(cx: Reading, src: string, indent = 0): boolean {
  const fence = readFence(src);
  return fence !== undefined && readBody(cx, src, fence, indent) !== undefined;
}

const OPENING = /^( {0,3})(`{3,}|~{3,})[ \t]*/;

function readFence(src: string): Fence | undefined {
  const first = src.charCodeAt(countSpaces(src.slice(0, 4)));
  if (first !== 96 && first !== 126) return undefined;
  const opening = OPENING.exec(src.slice(0, 1000));
  if (opening === null) return undefined;
  const [whole, indent = '', marks = ''] = opening;
  const info = readInfo(src, whole.length);
  if (info === undefined || !isBlankAt(src, info.end)) return undefined;
  const body = info.end + lineLength(src, info.end);
  return { mark: marks[0] ?? '', size: marks.length, indent: indent.length, body, ...info };
}

function readInfo(src: string, at: number): { attr: Attr; format: string; end: number } | undefined {
  const format = /^\{=([^\s{}]+)\}/.exec(src.slice(at, at + 60));
  if (format !== null) return { attr: emptyAttr(), format: format[1] ?? '', end: at + format[0].length };
  const group = parseAttributes(src, at);
  if (group !== undefined) return { attr: group.attr, format: '', end: at + group.length };
  const word = /^[^\s`{}]+/.exec(src.slice(at, at + 200))?.[0];
  if (word === undefined) return isBlankAt(src, at) ? { attr: emptyAttr(), format: '', end: at } : undefined;
  const gap = countSpaces(src, at + word.length);
  const after = parseAttributes(src, at + word.length + gap);
  const attr = after?.attr ?? emptyAttr();
  const language = word.toLowerCase();
  return {
    attr: { ...attr, classes: [language, ...attr.classes] },
    format: '',
    end: at + word.length + (after === undefined ? 0 : gap + after.length),
  };
}

function readBody(
  cx: Reading,
  src: string,
  fence: Fence,
  indent = 0,
): { text: string; end: number } | undefined {
  const { unclosed } = cx.state;
  const mark = `${indent} ${fence.mark.repeat(Math.min(fence.size, MAX_MARKS))}`;
  if (unclosed.has(mark, src.length)) return undefined;
  const lines: string[] = [];
  let at = fence.body;
  while (at < src.length) {
    const length = lineLength(src, at);
    if (closes(src, at, fence, indent)) {
      return { text: lines.join('\n'), end: skipBlankLines(src, at + length) };
    }
    const line = src.slice(at, at + length).replace(/\n$/, '');
    lines.push(line.slice(Math.min(countSpaces(line), fence.indent)));
    at += length;
  }
  unclosed.add(mark, src.length);
  return undefined;
}

/** Fences are told apart up to this length. */
const MAX_MARKS = 100;

function closes(src: string, at: number, fence: Fence, indent: number): boolean {
  let position = at + Math.min(countSpaces(src, at), 3 + indent);
  const start = position;
  while (src[position] === fence.mark) position++;
  return position - start >= fence.size && isBlankAt(src, position);
}
