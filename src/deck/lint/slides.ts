import type { AnyToken, Block, Section } from '../ast.ts';
import { attrValue } from '../ast.ts';
import type { Compilation } from '../compilation.ts';
import { report } from '../diagnose.ts';
import { lintMessages } from './messages.ts';
import { plainText } from '../text/plain-text.ts';
import { locate } from '../text/source.ts';
import { isPause } from '../syntax/block/pause.ts';

/** Slides that nobody can announce, that reveal.js does not see, and pauses that are none. */
export function lintSlides(cx: Compilation, sections: Block[], tokens: readonly AnyToken[]): void {
  for (const block of sections) {
    if (block.type === 'div') lintHiddenSlides(cx, block.tokens);
  }
  for (const token of tokens) {
    if (token.type !== 'section' || token.heading.level > cx.facts.slideLevel) continue;
    lintTitle(cx, token);
    lintPauses(cx, token);
  }
}

function lintHiddenSlides(cx: Compilation, blocks: Block[]): void {
  const section = blocks.find(
    (block) => block.type === 'section' && block.heading.level <= cx.facts.slideLevel,
  );
  if (section?.type === 'section') report(cx, lintMessages.slideInDiv({ line: section.line, column: 1 }));
}

function lintTitle(cx: Compilation, section: Section): void {
  const text = section.untitled ? '' : plainText(section.heading.tokens).trim();
  const label = attrValue(section.attr, 'aria-label') ?? attrValue(section.attr, 'title');
  // A heading inside the slide, or a picture's caption, can be announced too.
  const hasHeading = section.tokens.some((block) => block.type === 'section');
  if (text !== '' || label !== undefined || hasHeading || hasRawHeading(section)) return;
  report(cx, lintMessages.slideWithoutTitle(locate(cx.source, '#', section.line)));
}

function hasRawHeading(section: Section): boolean {
  return section.tokens.some((block) => block.type === 'rawBlock' && /^<h[1-6]/i.test(block.html));
}

function lintPauses(cx: Compilation, section: Section): void {
  for (const [index, block] of section.tokens.entries()) {
    if (!isPause(block) || block.type !== 'paragraph') continue;
    const rest = section.tokens.slice(index + 1);
    const end = rest.findIndex((next) => isPause(next) || next.type === 'section');
    const step = end === -1 ? rest : rest.slice(0, end);
    const shown = step.filter((next) => !(next.type === 'div' && next.attr.classes.includes('notes')));
    const isFollowed = end !== -1 && rest[end]?.type === 'section';
    if (shown.length === 0 && !isFollowed)
      report(cx, lintMessages.onlyNotesAfterPause({ line: block.line, column: 1, length: 5 }));
  }
}
