import { trimEnds } from '../../text/trim-ends.ts';
import { parseDocument } from 'yaml';

import type { Block } from '../../ast.ts';
import type { PercentTitle, Reading } from '../../compilation.ts';
import { defineBlock } from '../../construct.ts';
import { report } from '../../diagnose.ts';
import { messages } from '../../messages/messages.ts';
import { readInlines } from '../../runs.ts';
import { isBlankAt, lineLength, skipBlankLines } from '../../text/text.ts';
import { indentFlow, tooDeepLine } from '../../text/yaml-flow.ts';

/** `---`, YAML, `---` or `...`: anywhere in the deck (rule 9). Earlier blocks win. */
export const yamlBlock = defineBlock('yamlBlock', (cx, src): Block | undefined => {
  if (!/^---[ \t]*\n/.test(src.slice(0, 200))) return undefined;
  const start = lineLength(src);
  if (isBlankAt(src, start)) return undefined;
  const end = findEnd(src, start);
  if (end === undefined) return undefined;
  const fields = readYaml(cx, src.slice(start, end), cx.state.line + 1);
  return { type: 'metadata', raw: src.slice(0, skipBlankLines(src, end + lineLength(src, end))), fields };
});

function findEnd(src: string, start: number): number | undefined {
  for (let at = start; at < src.length; at += lineLength(src, at)) {
    if (/^(?:---|\.\.\.)[ \t]*(?:\n|$)/.test(src.slice(at, at + 200))) return at;
  }
  return undefined;
}

/** A YAML block bigger than this is no metadata, and the parser would take its time. */
const LONGEST_YAML = 200_000;

function readYaml(cx: Reading, text: string, line: number): Record<string, unknown> {
  if (text.length > LONGEST_YAML) {
    report(cx, messages.badYaml({ line, column: 1 }, 'it is too long'));
    return {};
  }
  const deep = tooDeepLine(text);
  if (deep !== undefined) {
    report(cx, messages.badYaml({ line: line + deep, column: 1 }, 'it is nested too deeply here'));
    return {};
  }
  const document = parseYaml(text);
  const [problem] = document.errors;
  if (problem !== undefined) {
    const before = text.slice(0, problem.pos[0]).split('\n');
    const place = { line: line + before.length - 1, column: (before.at(-1)?.length ?? 0) + 1 };
    report(cx, messages.badYaml(place, problem.message.split('\n', 1)[0] ?? ''));
    return {};
  }
  const fields = toPlain(cx, document, line);
  // `header-includes` with definitions for formulas.
  for (const text of Object.values(fields).flat()) if (typeof text === 'string') cx.macros.learn(text);
  return fields;
}

/** As libyaml reads it, which pandoc uses: lines of a quoted value need no indentation. */
function parseYaml(text: string): ReturnType<typeof parseDocument> {
  const options = { prettyErrors: false, logLevel: 'silent', uniqueKeys: false } as const;
  const document = parseDocument(text, options);
  if (document.errors.length === 0) return document;
  const indented = parseDocument(indentFlow(text), options);
  return indented.errors.length === 0 ? indented : document;
}

function toPlain(
  cx: Reading,
  document: ReturnType<typeof parseDocument>,
  line: number,
): Record<string, unknown> {
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    if (value === null || value === undefined) return {};
    if (typeof value === 'object' && !Array.isArray(value)) return { ...value };
    report(cx, messages.yamlNotMapping({ line: line - 1, column: 1, length: 3 }));
  } catch (error) {
    report(
      cx,
      messages.badYaml({ line, column: 1 }, error instanceof Error ? error.message : 'unknown reason'),
    );
  }
  return {};
}

/** `% title`, `% author; author`, `% date` on the deck's first lines. */
export function readPercentTitle(cx: Reading, text: string): { percentTitle: PercentTitle; body: string } {
  if (text[0] !== '%') return { percentTitle: {}, body: text };
  const fields: string[] = [];
  let at = 0;
  while (fields.length < 3 && text[at] === '%') {
    let end = at + lineLength(text, at);
    while (end < text.length && /^[ \t]+\S/.test(text.slice(end, end + 500))) end += lineLength(text, end);
    fields.push(text.slice(at + 1, end).replace(/\n+$/, ''));
    at = end;
  }
  const [title = '', authors = '', date = ''] = fields;
  const percentTitle = {
    title: inlines(cx, title),
    authors: fields.length < 2 ? [] : splitAuthors(authors).map((name) => inlines(cx, name)),
    date: inlines(cx, date),
  };
  // The lines stay, empty, so that line numbers hold.
  return { percentTitle, body: text.slice(0, at).replace(/[^\n]/g, '') + text.slice(at) };
}

/** Names between semicolons or on lines of their own; an empty line of authors is one without a name. */
function splitAuthors(text: string): string[] {
  const names = text.split(/;|\n/).filter((name) => name.trim() !== '');
  return names.length === 0 ? [''] : names;
}

function inlines(cx: Reading, text: string) {
  return trimEnds(readInlines(cx, text.trim()) ?? []);
}
