import type { AnyToken, Attr, Section } from '../ast.ts';
import { attrValue } from '../ast.ts';
import type { Compilation } from '../compilation.ts';
import { report } from '../diagnose.ts';
import { locate } from '../text/source.ts';
import { lintMessages } from './messages.ts';

/** Notes in an attribute that reveal.js reads from slides and fragments only, and that an aside takes the place of. */
export function lintNotes(cx: Compilation, tokens: readonly AnyToken[]): void {
  for (const token of tokens) {
    if (!('attr' in token) || !('line' in token) || !hasNotes(token.attr)) continue;
    const place = locate(cx.source, 'notes=', token.line);
    const isSlide = token.type === 'section' && token.heading.level <= cx.facts.slideLevel;
    if (isSlide && hasAside(token)) report(cx, lintMessages.notesTwice(place));
    // A heading's attributes are its section's.
    if (isSlide || token.type === 'heading' || token.attr.classes.includes('fragment')) continue;
    report(cx, lintMessages.notesNotShown(place));
  }
}

function hasNotes(attr: Attr): boolean {
  return (attrValue(attr, 'notes') ?? attrValue(attr, 'data-notes')) !== undefined;
}

function hasAside({ tokens }: Section): boolean {
  return tokens.some((block) => block.type === 'div' && block.attr.classes.includes('notes'));
}
