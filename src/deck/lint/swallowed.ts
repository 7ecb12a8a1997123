import type { AnyToken, Heading, Inline, Paragraph } from '../ast.ts';
import type { Compilation } from '../compilation.ts';
import type { Diagnostic } from '../deck.ts';
import { report } from '../diagnose.ts';
import { lintMessages } from './messages.ts';
import type { Position } from '../text/source.ts';
import { locate } from '../text/source.ts';
import { parseAttributes } from '../syntax/inline/attributes.ts';

/** What was meant as markup, and is read as text: pandoc says nothing about it. */
export function lintSwallowed(cx: Compilation, tokens: readonly AnyToken[]): void {
  for (const token of tokens) {
    if (token.type === 'paragraph' || token.type === 'plain') lintParagraph(cx, token);
    if (token.type === 'heading') lintBraces(cx, writtenText(token.tokens), token.line);
    if (isNotesElsewhere(token)) {
      report(cx, lintMessages.notesWentNowhere({ line: token.line, column: token.column }));
    }
  }
}

function isNotesElsewhere(token: { type: string }): token is Heading {
  if (token.type !== 'heading' && token.type !== 'code' && token.type !== 'image') return false;
  return 'attr' in token && (token as Heading).attr.classes.includes('notes');
}

/** Text as it was written, without code and formulas: what looks like markup in those is none. */
function writtenText(tokens: readonly Inline[]): string {
  return tokens
    .map((token) => {
      switch (token.type) {
        case 'str':
          // An escaped character is meant as text.
          return token.raw.startsWith('\\') ? '\u0001' : token.raw || token.text;
        case 'softBreak':
        case 'lineBreak':
          return '\n';
        case 'space':
          return ' ';
        case 'codeSpan':
        case 'math':
        case 'rawInline':
        case 'note':
        case 'noteReference':
        case 'exampleReference':
          return '\u0001';
        default:
          return writtenText(token.tokens);
      }
    })
    .join('');
}

function lintParagraph(cx: Compilation, token: Paragraph): void {
  const text = writtenText(token.tokens);
  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) {
    const problem = problemOf(line, index > 0, locate(cx.source, line.slice(0, 20), token.line + index));
    if (problem !== undefined) report(cx, problem);
  }
  lintBraces(cx, text, token.line);
}

/** What one line of a paragraph was probably meant to be. */
function problemOf(line: string, isInside: boolean, at: Position): Diagnostic | undefined {
  const place = { ...at, length: Math.max(line.trimEnd().length, 1) };
  if (/^:{3,}[ \t]*$/.test(line)) return lintMessages.extraDivEnd(place);
  if (/^:{3,}[ \t]*\S/.test(line) && isInside) return lintMessages.noBlankLine(place, 'div');
  if (/^(?:`{3,}|~{3,})/.test(line)) return lintMessages.unclosedFence(place);
  const glued = /^(#{1,6})[^\s#.)]/.exec(line);
  if (glued !== null && !/^#\d/.test(line)) return lintMessages.headingNeedsSpace(place, glued[1] ?? '#');
  if (!isInside) return undefined;
  if (/^#{1,6}\s+\S/.test(line)) return lintMessages.noBlankLine(place, 'heading');
  if (/^>\s?\S/.test(line)) return lintMessages.noBlankLine(place, 'quote');
  if (/^(?:[*+-]|\d{1,2}[.)]|#\.)\s+\S/.test(line)) return lintMessages.noBlankLine(place, 'list');
  return undefined;
}

const BRACES = /\{([^{}\n]{1,300})\}/g;

/** `{.center data-trim}`: one bare word makes text of the whole group (rule 11). */
function lintBraces(cx: Compilation, text: string, line: number): void {
  for (const match of text.matchAll(BRACES)) {
    const [group, inner = ''] = match;
    if (!/(?:^|\s)[.#][\p{L}_]|[\w-]+=/u.test(inner)) continue;
    const offset = text.slice(0, match.index).split('\n').length - 1;
    const place = { ...locate(cx.source, group, line + offset), length: group.length };
    const parsed = parseAttributes(group);
    if (parsed !== undefined) {
      const isNotes = parsed.attr.classes.includes('notes');
      report(cx, isNotes ? lintMessages.notesWentNowhere(place) : lintMessages.attributesNowhere(place));
      continue;
    }
    const word = inner
      .replace(/[\w:-]+=(?:"[^"]*"|'[^']*'|\S+)/g, ' ')
      .split(/\s+/)
      .find((part) => part !== '' && !/^[.#]\S+$/.test(part));
    report(cx, lintMessages.attributesAreText(place, word ?? inner.trim()));
  }
}
