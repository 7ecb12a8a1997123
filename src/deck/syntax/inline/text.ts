import type { Inline } from '../../ast.ts';
import { defineInline } from '../../construct.ts';
import { isBlankAt } from '../../text/text.ts';
import { isAbbreviation } from './abbreviation.ts';
import { parseTag } from '../../html/html-tag.ts';
import { isInlineTag } from '../block/html-kinds.ts';
import { endsAtClosingTag } from '../block/html-block.ts';
import { startsDivEnd } from '../block/fenced-div.ts';
import { startsList } from '../list/list-marker.ts';
import { startsFence } from '../block/fenced-code.ts';
import { startsTexBlock } from '../math/raw-tex.ts';

const WORD = /^(?:[\p{L}\p{M}\p{N}]|\.(?!\.))+/u;
const SPACES = /^[ \t]+/;

/** A run of letters, digits and single dots. A known abbreviation keeps what follows on its line. */
export const word = defineInline('word', (cx, src): Inline | undefined => {
  const raw = WORD.exec(src)?.[0];
  if (raw === undefined) return undefined;
  const rest = src.length - raw.length;
  cx.state.wordEnd = rest;
  if (!raw.endsWith('.') || !isAbbreviation(raw)) return { type: 'str', raw, text: raw };
  const after = src.slice(raw.length);
  const space = /^[ \t]+(?![ \t\n@]|\[\^|\[[^\]\n]{0,200}@)/.exec(after)?.[0];
  if (space === undefined) return { type: 'str', raw, text: raw };
  return { type: 'str', raw: raw + space, text: `${raw}\u00a0` };
});

/** Spaces inside a line; two or more before its end break it. */
export const space = defineInline('space', (cx, src): Inline | undefined => {
  const raw = SPACES.exec(src)?.[0];
  if (raw === undefined) return undefined;
  const next = src[raw.length];
  if (next === '\n' && raw.length >= 2) {
    const end = readLineEnd(cx, src.slice(raw.length));
    if (end !== undefined) return { type: 'lineBreak', raw: raw + end };
  }
  return { type: 'space', raw };
});

/** A newline inside a paragraph, if what follows goes on with it. */
export const lineEnd = defineInline('lineEnd', (cx, src): Inline | undefined => {
  if (src[0] !== '\n') return undefined;
  const raw = readLineEnd(cx, src);
  return raw === undefined ? undefined : { type: 'softBreak', raw };
});

type Cx = Parameters<Parameters<typeof defineInline>[1]>[0];

/** The newline and the indentation after it; nothing where the paragraph ends. */
export function readLineEnd(cx: Cx, src: string): string | undefined {
  const rest = src.slice(1);
  if (rest === '') return src;
  if (isBlankAt(rest, 0)) return undefined;
  if (cx.state.inListItem && startsList(rest)) return undefined;
  if (rest.startsWith('`') && startsFence(cx, fullText(cx, rest))) return undefined;
  if (cx.state.htmlBlock !== '' && endsAtClosingTag(cx, rest)) return undefined;
  if (cx.state.divLevel > 0 && startsDivEnd(rest)) return undefined;
  return `\n${SPACES.exec(rest)?.[0] ?? ''}`;
}

/** With what is behind the run's end. */
function fullText(cx: Cx, rest: string): string {
  const { runSource, runText } = cx.state;
  return runSource === '' ? rest : runSource.slice(runText.length - rest.length);
}

/** Any other character stands for itself; a tag that is a block, or block TeX, ends the paragraph instead. */
export const symbol = defineInline('symbol', (cx, src): Inline | undefined => {
  const char = src[0] ?? '';
  if (char === '\n' || char === '') return undefined;
  if (char === '<') {
    const tag = parseTag(src, 0, cx.state.unclosed);
    if (tag !== undefined && (!isInlineTag(tag) || endsAtClosingTag(cx, src))) return undefined;
  }
  if (char === '\\' && startsTexBlock(cx, src)) return undefined;
  const raw = String.fromCodePoint(src.codePointAt(0) ?? 0);
  return { type: 'str', raw, text: raw };
});
