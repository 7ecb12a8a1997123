import type { Attr, Block, Section } from './ast.ts';
import { attrValue } from './ast.ts';
import { hasSection } from './html/section-html.ts';

/** What reveal.js knows of a slide beside that it is shown: it takes one out, or doesn't count it. */
export type Visibility = 'hidden' | 'uncounted';

export function visibilityOf(attr: Attr): Visibility | undefined {
  const value = attrValue(attr, 'data-visibility') ?? attrValue(attr, 'visibility');
  return value === 'hidden' || value === 'uncounted' ? value : undefined;
}

/**
 * The slides without those that reveal.js takes out, so that whoever counts, prints or publishes them counts as it does. A stack
 * whose title slide is hidden keeps the slides below it.
 */
export function leaveOutHidden(blocks: Block[], slideLevel: number): Block[] {
  return blocks.flatMap((block): Block[] => {
    if (block.type === 'div') return divWithout(block, slideLevel);
    if (block.type !== 'section' || block.heading.level > slideLevel) return [block];
    return sectionWithout(block, slideLevel);
  });
}

function divWithout(div: Extract<Block, { type: 'div' }>, slideLevel: number): Block[] {
  const tokens = leaveOutHidden(div.tokens, slideLevel);
  return tokens.length === 0 && div.tokens.length > 0 ? [] : [{ ...div, tokens }];
}

function sectionWithout(section: Section, slideLevel: number): Block[] {
  const { level } = section.heading;
  const tokens = level < slideLevel ? leaveOutHidden(section.tokens, slideLevel) : section.tokens;
  if (visibilityOf(section.attr) !== 'hidden') return [{ ...section, tokens }];
  const below = level < slideLevel ? tokens.filter(hasSection) : [];
  if (below.length === 0) return [];
  return level === slideLevel - 1 ? [{ ...section, tokens: below, hasNoTitleSlide: true }] : below;
}
