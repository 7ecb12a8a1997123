import type { AnyToken } from '../ast.ts';
import type { Compilation } from '../compilation.ts';
import { report } from '../diagnose.ts';
import { lintMessages } from './messages.ts';
import { findTarget } from '../syntax/inline/reference.ts';
import type { Named } from './ids.ts';

/** Links, references and footnotes that lead nowhere. */
export function lintLinks(cx: Compilation, tokens: readonly AnyToken[], named: readonly Named[]): void {
  const ids = new Set(named.map(({ id }) => id));
  const used = new Set<string>();
  const visit = (token: AnyToken) => {
    switch (token.type) {
      case 'link':
        lintAddress(cx, token.href, ids, token);
        return;
      case 'reference':
        lintReference(cx, token, ids);
        return;
      case 'noteReference':
        used.add(token.label);
        if (!cx.facts.notes.has(token.label))
          report(cx, lintMessages.missingFootnote(placeOf(token), token.label));
        return;
      default:
    }
  };
  for (const token of tokens) visit(token);
  for (const [label, note] of cx.facts.notes) {
    if (!used.has(label))
      report(
        cx,
        lintMessages.unusedFootnote({ line: note.line, column: 1, length: label.length + 3 }, label),
      );
  }
}

function placeOf(token: { line: number; column: number }) {
  return { line: token.line, column: token.column };
}

function lintAddress(
  cx: Compilation,
  href: string,
  ids: Set<string>,
  token: { line: number; column: number },
): void {
  if (href === '') report(cx, lintMessages.emptyTarget(placeOf(token), 'link'));
  const id = /^#\/?(.+)$/.exec(href)?.[1];
  // `#/2/1` is a position, and `#/id/1` a step of a slide.
  if (id === undefined || /^[\d/]+$/.test(id)) return;
  const name = decode(id.split('/', 1)[0] ?? id);
  if (!ids.has(name) && name !== 'title-slide') report(cx, lintMessages.brokenLink(placeOf(token), name));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `[text]` alone may be just text; with a second pair of brackets it is meant as a link. */
function lintReference(
  cx: Compilation,
  token: { key: string; label: string; paired: boolean; image: boolean; line: number; column: number },
  ids: Set<string>,
): void {
  const target = findTarget(cx, token.key);
  if (target !== undefined) {
    if (!token.image) lintAddress(cx, target.href, ids, token);
    return;
  }
  if (token.paired || token.image) report(cx, lintMessages.missingReference(placeOf(token), token.label));
}
