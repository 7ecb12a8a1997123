import type { Attr, Block, Heading, Section } from '../ast.ts';

import type { Compilation } from '../compilation.ts';
import { defineRenderer } from '../construct.ts';
import { renderAttr } from './html-attributes.ts';
import { renderStep } from '../syntax/block/body.ts';
import { splitAtPauses } from '../syntax/block/pause.ts';

/** A slide, a title slide with the slides below it, or a part of a slide (rules 2 to 4). */
export const renderSection = defineRenderer('section', (cx, section) => {
  const { level } = section.heading;
  if (level > cx.facts.slideLevel) return renderPart(cx, section);
  const classes = [...new Set(['slide', `level${level}`, ...withoutFit(section.attr.classes)])];
  const heading = section.untitled ? '' : renderTitle(cx, section.heading);
  if (level === cx.facts.slideLevel) {
    return `<section${renderAttr({ ...section.attr, classes })}>\n${heading}${renderSlideBody(cx, section.tokens)}</section>\n`;
  }
  const split = section.tokens.findIndex(hasSection);
  const own = split === -1 ? section.tokens : section.tokens.slice(0, split);
  const below = split === -1 ? [] : section.tokens.slice(split);
  const attr: Attr = { ...section.attr, classes: ['title-slide', ...classes] };
  const title = `<section${renderAttr(attr)}>\n${heading}${renderSlideBody(cx, own)}</section>\n`;
  const inner = below.map((block) => cx.renderBlocks([block])).join('');
  if (section.hasNoTitleSlide === true) return `<section>\n${inner}</section>\n`;
  const isStack = below.length > 0 && level === cx.facts.slideLevel - 1;
  return isStack ? `<section>\n${title}${inner}</section>\n` : title + inner;
});

/** `r-fit-text` is meant for the heading alone. */
function withoutFit(classes: string[]): string[] {
  return classes.filter((name) => name !== 'r-fit-text');
}

function renderTitle(cx: Compilation, heading: Heading): string {
  return cx.renderBlocks([{ ...heading, attr: { ...heading.attr, id: '' } }]);
}

export function hasSection(block: Block): boolean {
  if (block.type === 'section') return true;
  return block.type === 'div' && block.tokens.some(hasSection);
}

/** A heading below the slide level keeps its id, and stays inside. */
function renderPart(cx: Compilation, section: Section): string {
  const { attr, heading } = section;
  const own = heading.attr;
  const sameAttr =
    own.id === attr.id &&
    own.classes.join(' ') === attr.classes.join(' ') &&
    own.pairs.length === attr.pairs.length;
  const inner = cx.renderBlocks(section.tokens);
  if (sameAttr) return cx.renderBlocks([heading]) + inner;
  return `<section${renderAttr(attr)}>\n${renderTitle(cx, heading)}${inner}</section>\n`;
}

/**
 * A slide's blocks, in steps. Notes behind a pause belong to the section, not to the step: inside it reveal.js hides
 * them from the speaker until the step is shown. They say behind which pause they stood. A pause with nothing but notes behind
 * it is no step.
 */
function renderSlideBody(cx: Compilation, blocks: Block[]): string {
  const [first = [], ...steps] = splitAtPauses(blocks);
  let html = cx.renderBlocks(first);
  let notes = '';
  let pauses = 0;
  for (const step of steps) {
    const shown = cx.renderBlocks(step.filter((block) => !isNotes(block)));
    if (shown !== '') pauses += 1;
    html += renderStep(shown);
    notes += cx.renderBlocks(step.filter(isNotes).map((block) => behindPause(block, pauses)));
  }
  return html + notes;
}

/** Notes that know from which step on they are meant. */
function behindPause(block: Block, pauses: number): Block {
  if (block.type !== 'div' || pauses === 0) return block;
  const pairs: Attr['pairs'] = [...block.attr.pairs, ['after-pause', String(pauses)]];
  return { ...block, attr: { ...block.attr, pairs } };
}

function isNotes(block: Block): boolean {
  return block.type === 'div' && block.attr.classes.includes('notes');
}
