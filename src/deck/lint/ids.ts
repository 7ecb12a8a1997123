import type { AnyToken } from '../ast.ts';
import type { Compilation } from '../compilation.ts';
import { report } from '../diagnose.ts';
import { parseTag } from '../html/html-tag.ts';
import { lintMessages } from './messages.ts';
import { locate } from '../text/source.ts';
import { childrenOf } from '../walk.ts';

export interface Named {
  id: string;
  line: number;
}

/** An id that stands twice: links and styles reach the first only. */
export function lintIds(cx: Compilation, ids: readonly Named[]): void {
  const first = new Map<string, number>();
  for (const { id, line } of ids) {
    const known = first.get(id);
    if (known === undefined) first.set(id, line);
    else
      report(
        cx,
        lintMessages.duplicateId({ ...locate(cx.source, id, line, 3), length: id.length }, id, known),
      );
  }
}

/** Every id of the deck in order; a block's line serves for what it holds. */
export function collectIds(cx: Compilation, blocks: readonly AnyToken[]): Named[] {
  const found: Named[] = [];
  visit(cx, blocks, 1, found);
  return found;
}

function visit(cx: Compilation, tokens: readonly AnyToken[], outer: number, found: Named[]): void {
  for (const token of tokens) {
    if (token.type === 'str' || token.type === 'space') continue;
    const line = 'line' in token && token.line > 0 ? token.line : outer;
    for (const id of idsOf(token)) found.push({ id, line });
    visit(cx, childrenOf(cx, token), line, found);
  }
}

function idsOf(token: AnyToken): string[] {
  // A section's heading is visited as its child.
  if (token.type === 'section') return token.attr.id === token.heading.attr.id ? [] : named(token.attr.id);
  if (token.type === 'rawBlock' || token.type === 'rawInline') return idsOfTags(token.html);
  return 'attr' in token ? named(token.attr.id) : [];
}

function named(id: string): string[] {
  return id === '' ? [] : [id];
}

function idsOfTags(html: string): string[] {
  const ids: string[] = [];
  for (let at = html.indexOf('<'); at !== -1; at = html.indexOf('<', at + 1)) {
    const tag = parseTag(html, at);
    if (tag?.kind !== 'open') continue;
    for (const [name, value] of tag.attributes) {
      if (name === 'id' || (name === 'name' && tag.name === 'a')) ids.push(value);
    }
    // Nothing in a script is a tag.
    if (tag.name === 'script' || tag.name === 'style') break;
  }
  return ids;
}
