import type { Element, Node } from './html-tree.ts';
import { parseHtml, textOf } from './html-tree.ts';

/**
 * Two decks slide by slide: tags, text with white space folded, ids, classes, attributes. Left out, as pandoc.md says:
 * code colouring, ids of code lines, `colgroup`, `aria-*`, the inside of math, and where notes stand.
 */
export interface ComparedSlide {
  id: string;
  text: string;
}

/** Every section in order, each as text that is equal for equal slides. */
export function toSlides(html: string): ComparedSlide[] {
  const slides: ComparedSlide[] = [];
  walk(parseHtml(html), '', slides);
  return slides;
}

function walk(element: Element, path: string, slides: ComparedSlide[]): void {
  for (const child of element.children) {
    if (typeof child === 'string') continue;
    if (child.tag === 'section') slides.push(...sectionSlide(child, path));
    const inner = child.tag === 'section' && isWrapper(child) ? `${path}/stack` : `${path}/${openTag(child)}`;
    walk(child, child.tag === 'section' && !isWrapper(child) ? `${path}/section` : inner, slides);
  }
}

function isWrapper(section: Element): boolean {
  return (
    section.attributes.size === 0 &&
    section.children.some((child) => typeof child !== 'string' && child.tag === 'section')
  );
}

function sectionSlide(section: Element, path: string): ComparedSlide[] {
  if (isWrapper(section)) return [];
  const notes: string[] = [];
  const body = children(section, notes, false);
  const text = `${path}\n${openTag(section)}\n${body.join('\n')}\n${notes.map((note) => `NOTES\n${note}`).join('\n')}`;
  return [{ id: section.attributes.get('id') ?? '', text }];
}

/** Stands on `code`, where reveal.js reads it; pandoc puts it outside (deliberate). */
const LINE_STEPS = new Set(['data-line-numbers', 'data-ln-start-from']);

function openTag(element: Element): string {
  const attributes = [...element.attributes]
    .filter(([name]) => !name.startsWith('aria-') && !LINE_STEPS.has(name) && name !== 'data-after-pause')
    .map(([name, value]) => `${name}="${name === 'class' || name === 'style' ? fold(value).trim() : value}"`)
    .toSorted();
  return `<${[element.tag, ...attributes].join(' ')}>`;
}

function fold(text: string): string {
  return text.replace(/[ \t\n\r]+/g, ' ');
}

/** Text pieces that touch are one; white space at the edges of blocks does not count. */
function children(element: Element, notes: string[], inPre: boolean): string[] {
  const lines: string[] = [];
  let text = '';
  const flush = () => {
    const line = inPre ? text : fold(text).trim();
    if (line !== '') lines.push(JSON.stringify(line));
    text = '';
  };
  for (const child of element.children) {
    if (typeof child === 'string') {
      text += child;
      continue;
    }
    const inner = node(child, notes, inPre);
    if (inner.length === 0) continue;
    flush();
    lines.push(...inner);
  }
  flush();
  return lines;
}

function node(child: Element, notes: string[], inPre: boolean): string[] {
  if (child.tag === 'section' || child.tag === 'colgroup') return [];
  if (child.tag === 'aside' && (child.attributes.get('class') ?? '').split(' ').includes('notes')) {
    const inner = children(unwrapFragments(child), notes, false);
    notes.push([openTag(child), ...inner.map((line) => ` ${line}`)].join('\n'));
    return [];
  }
  const classes = (child.attributes.get('class') ?? '').split(' ');
  if (child.tag === 'span' && classes.includes('math')) return [openTag(child)];
  if (child.tag === 'code') return codeLines(child);
  const inner = children(child, notes, inPre || child.tag === 'pre');
  // A pause with nothing but notes behind it is no step (deliberate).
  if (child.tag === 'div' && openTag(child) === '<div class="fragment">' && inner.length === 0) return [];
  if (child.tag === '#comment') return [`<!-- ${fold(textOf(child)).trim()}`];
  return [openTag(child), ...inner.map((line) => ` ${line}`), `</${child.tag}>`];
}

function codeLines(code: Element): string[] {
  return [openTag(code), JSON.stringify(textOf(code).replace(/\n+$/, ''))];
}

function unwrapFragments(element: Element): Element {
  const kids = element.children.flatMap((child): Node[] => {
    if (typeof child !== 'string' && openTag(child) === '<div class="fragment">') return child.children;
    return [child];
  });
  return { ...element, children: kids };
}

export interface Comparison {
  /** Slides of the oracle, and how many of them are equal. */
  total: number;
  equal: number;
  differences: { id: string; expected: string; actual: string }[];
}

/** Slides are compared by their place: one too many or too few spoils those behind it. */
export function compareDecks(expectedHtml: string, actualHtml: string): Comparison {
  const expected = toSlides(expectedHtml);
  const actual = toSlides(actualHtml);
  const differences: Comparison['differences'] = [];
  let equal = 0;
  for (let index = 0; index < Math.max(expected.length, actual.length); index++) {
    const wanted = expected[index];
    const got = actual[index];
    if (wanted !== undefined && wanted.text === got?.text) equal++;
    else
      differences.push({
        id: wanted?.id ?? got?.id ?? '',
        expected: wanted?.text ?? '',
        actual: got?.text ?? '',
      });
  }
  return { total: Math.max(expected.length, actual.length), equal, differences };
}
