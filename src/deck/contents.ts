import type { Block, Heading, Inline, Link, Section } from './ast.ts';
import { emptyAttr, str } from './ast.ts';
import type { DeckFacts } from './compilation.ts';

/** What the slide of contents is called in a deck's language, unless `toc-title:` says it. */
const TITLES: Record<string, string> = {
  de: 'Inhalt',
  en: 'Contents',
  es: 'Contenido',
  fr: 'Sommaire',
  it: 'Indice',
  nl: 'Inhoud',
  pt: 'Conteúdo',
};

/** With `number-sections:`, titles begin with their numbers: `2` for a section, `2.1` for a slide in it. Not those that are `.unnumbered`. */
export function numberSections({ meta }: DeckFacts, blocks: Block[]): Block[] {
  if (meta['number-sections'] !== true && meta['numbersections'] !== true) return blocks;
  const top = Math.min(...everySection(blocks).map(({ heading }) => heading.level));
  const counts: number[] = [];
  const number = (block: Block): Block => {
    if (block.type === 'div') return { ...block, tokens: block.tokens.map(number) };
    if (block.type !== 'section') return block;
    const isCounted = !block.untitled && !block.attr.classes.includes('unnumbered');
    const heading = isCounted ? withNumber(block.heading, counts, block.heading.level - top) : block.heading;
    return { ...block, heading, tokens: block.tokens.map(number) };
  };
  return blocks.map(number);
}

function withNumber(heading: Heading, counts: number[], depth: number): Heading {
  counts.length = depth + 1;
  counts[depth] = (counts[depth] ?? 0) + 1;
  const text = Array.from(counts, (count) => count ?? 0).join('.');
  const number: Inline[] = [
    {
      type: 'span',
      raw: '',
      attr: { ...emptyAttr(), classes: ['header-section-number'] },
      tokens: [str(text)],
    },
    { type: 'space', raw: '' },
  ];
  return { ...heading, tokens: [...number, ...heading.tokens] };
}

/**
 * With `toc: true`, a slide of contents comes first: the deck's sections, or its slides when it has no sections. `toc-depth:` takes
 * all headings down to that level, as pandoc does.
 */
export function withContents({ meta, slideLevel }: DeckFacts, blocks: Block[]): Block[] {
  if (meta['toc'] !== true && meta['table-of-contents'] !== true) return blocks;
  const sections = everySection(blocks).filter(({ untitled }) => !untitled);
  const list = toList(sections, depthOf(meta['toc-depth'], sections, slideLevel));
  if (list === undefined) return blocks;
  const language = typeof meta['lang'] === 'string' ? meta['lang'].slice(0, 2) : 'en';
  const title = typeof meta['toc-title'] === 'string' ? meta['toc-title'] : (TITLES[language] ?? '');
  return [toSlide(title, slideLevel, list), ...blocks];
}

function depthOf(given: unknown, sections: readonly Section[], slideLevel: number): number {
  if (typeof given === 'number') return given;
  return sections.some(({ heading }) => heading.level < slideLevel) ? slideLevel - 1 : slideLevel;
}

function toSlide(title: string, level: number, content: Block): Section {
  const attr = { ...emptyAttr(), id: 'TOC' };
  const tokens = [str(title)];
  const heading: Heading = { type: 'heading', raw: '', level, attr, tokens, key: '', line: 1, column: 1 };
  const slide = {
    type: 'section',
    raw: '',
    attr,
    heading,
    untitled: title === '',
    line: 1,
    endLine: 1,
  } as const;
  return { ...slide, attr: { ...attr, classes: ['contents'] }, tokens: [content] };
}

/** A list of links, and of those below each, as deep as `depth`; undefined when there are none. */
function toList(sections: readonly Section[], depth: number): Block | undefined {
  const shown = sections.filter(({ heading }) => heading.level <= depth);
  const [first] = shown;
  if (first === undefined) return undefined;
  const items: Block[][] = [];
  for (let at = 0; at < shown.length;) {
    const section = shown[at];
    if (section === undefined) break;
    let end = at + 1;
    while ((shown[end]?.heading.level ?? 0) > section.heading.level) end += 1;
    const below = toList(shown.slice(at + 1, end), depth);
    const line: Block = { type: 'plain', raw: '', line: section.line, tokens: [toLink(section)] };
    items.push(below === undefined ? [line] : [line, below]);
    at = end;
  }
  return { type: 'bulletList', raw: '', items };
}

function toLink({ heading, attr, line }: Section): Link {
  // A note's mark belongs to the title itself.
  const tokens = heading.tokens.filter(({ type }) => type !== 'note' && type !== 'noteReference');
  const id = attr.id === '' ? heading.attr.id : attr.id;
  return { type: 'link', raw: '', tokens, attr: emptyAttr(), href: `#${id}`, title: '', line, column: 1 };
}

function everySection(blocks: readonly Block[]): Section[] {
  return blocks.flatMap((block) => {
    if (block.type === 'div') return everySection(block.tokens);
    return block.type === 'section' ? [block, ...everySection(block.tokens)] : [];
  });
}
