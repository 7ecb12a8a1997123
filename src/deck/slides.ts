import type { Attr, Block, Heading, Section } from './ast.ts';
import { emptyAttr } from './ast.ts';

/**
 * From a flat list of blocks to sections: a heading opens one, and takes everything up to the next heading that is as
 * high or higher. Rules become slides without a title (rules 1 to 7).
 */
export function arrangeSlides(blocks: Block[], slideLevel: number): Block[] {
  return makeSections(startWithHeading(splitAtRules(blocks, slideLevel), slideLevel));
}

/** A rule is a heading that is not shown; right before a real one it is nothing of its own. */
function splitAtRules(blocks: Block[], slideLevel: number): Block[] {
  return blocks.flatMap((block, index): Block[] => {
    if (block.type !== 'rule') return [block];
    const next = blocks[index + 1];
    if (next?.type === 'heading' && next.level === slideLevel) return [];
    return [untitled(slideLevel, block.line)];
  });
}

function startWithHeading(blocks: Block[], slideLevel: number): Block[] {
  const first = blocks[0];
  const opening = first?.type === 'div' ? first.tokens.find((block) => block.type !== 'nothing') : first;
  if (opening?.type === 'heading' && opening.level <= slideLevel) return blocks;
  if (first === undefined) return blocks;
  return [untitled(slideLevel, 1), ...blocks];
}

/** How a heading without text that pandoc never shows is told from one that the author left empty. */
export const UNTITLED = '\0';

function untitled(level: number, line: number): Heading {
  const tokens = [{ type: 'str' as const, raw: '', text: UNTITLED }];
  return { type: 'heading', raw: '', level, attr: emptyAttr(), tokens, key: '', line, column: 1 };
}

function makeSections(blocks: Block[]): Block[] {
  const result: Block[] = [];
  let at = 0;
  while (at < blocks.length) {
    const block = blocks[at];
    if (block === undefined) break;
    if (block.type === 'heading') {
      const end = sectionEnd(blocks, at + 1, block.level);
      result.push(toSection(block, makeSections(blocks.slice(at + 1, end))));
      at = end;
    } else {
      result.push(block.type === 'div' ? divWithSections(block) : block);
      at++;
    }
  }
  return result;
}

function sectionEnd(blocks: Block[], from: number, level: number): number {
  let end = from;
  while (end < blocks.length && !endsSection(blocks[end], level)) end++;
  return end;
}

function endsSection(block: Block | undefined, level: number): boolean {
  if (block?.type === 'heading') return block.level <= level;
  if (block?.type === 'div')
    return endsSection(
      block.tokens.find((inner) => inner.type !== 'nothing'),
      level,
    );
  return false;
}

function toSection(heading: Heading, tokens: Block[]): Section {
  const [only] = heading.tokens;
  const isUntitled = only?.type === 'str' && only.text === UNTITLED;
  return {
    type: 'section',
    raw: '',
    attr: heading.attr,
    heading,
    tokens,
    untitled: isUntitled,
    line: heading.line,
    endLine: heading.line,
  };
}

const NOT_A_SECTION = ['column', 'columns', 'fragment'];

/** A div that holds one heading and what belongs to it is that heading's section; any other stands around its sections. */
function divWithSections(div: Extract<Block, { type: 'div' }>): Block {
  const { tokens } = div;
  const [first, ...rest] = tokens;
  const isOne =
    first?.type === 'heading' && rest.every((block) => block.type !== 'heading' || block.level > first.level);
  if (!isOne || NOT_A_SECTION.some((name) => div.attr.classes.includes(name))) {
    return { ...div, tokens: makeSections(tokens) };
  }
  const inner = makeSections(tokens);
  const [section] = inner;
  if (inner.length === 1 && section?.type === 'section') {
    const { id } = section.attr;
    if (div.attr.id === '' || id === '' || id === div.attr.id) {
      return { ...section, attr: combine(section.attr, div.attr) };
    }
  }
  return { ...div, tokens: inner };
}

function combine(first: Attr, second: Attr): Attr {
  return {
    id: first.id === '' ? second.id : first.id,
    classes: [...new Set([...first.classes, ...second.classes])],
    pairs: [...first.pairs, ...second.pairs],
  };
}
