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

const INLINE = new Set(
  'a abbr b big button cite code del em font i img ins kbd mark q s small span strike strong sub sup tt u'.split(
    ' ',
  ),
);

/** Text pieces that touch are one; white space at the edges of blocks does not count, at those of inline elements it does. */
function children(element: Element, notes: string[], inPre: boolean): string[] {
  const lines: string[] = [];
  let text = '';
  let isAfterInline = INLINE.has(element.tag);
  const flush = (isBeforeInline: boolean) => {
    let line = inPre ? text : fold(text);
    if (!inPre && !isAfterInline) line = line.trimStart();
    if (!inPre && !isBeforeInline) line = line.trimEnd();
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
    flush(INLINE.has(child.tag));
    isAfterInline = INLINE.has(child.tag);
    lines.push(...inner);
  }
  flush(INLINE.has(element.tag));
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

/**
 * The longest row of equal slides is what agrees; what stands between two of them differs. One slide too many or too
 * few counts once.
 */
export function compareDecks(expectedHtml: string, actualHtml: string): Comparison {
  const expected = toSlides(expectedHtml);
  const actual = toSlides(actualHtml);
  const differences: Comparison['differences'] = [];
  let equal = 0;
  let from = { expected: 0, actual: 0 };
  for (const match of [
    ...commonSlides(expected, actual),
    { expected: expected.length, actual: actual.length },
  ]) {
    const wanted = expected.slice(from.expected, match.expected);
    const got = actual.slice(from.actual, match.actual);
    for (let index = 0; index < Math.max(wanted.length, got.length); index++) {
      differences.push({
        id: wanted[index]?.id ?? got[index]?.id ?? '',
        expected: wanted[index]?.text ?? '',
        actual: got[index]?.text ?? '',
      });
    }
    if (match.expected < expected.length) equal++;
    from = { expected: match.expected + 1, actual: match.actual + 1 };
  }
  return { total: equal + differences.length, equal, differences };
}

/** Places of equal slides, as many as there are in the same order in both. */
function commonSlides(
  expected: ComparedSlide[],
  actual: ComparedSlide[],
): { expected: number; actual: number }[] {
  const width = actual.length + 1;
  const lengths = new Uint32Array((expected.length + 1) * width);
  const at = (row: number, column: number) => lengths[row * width + column] ?? 0;
  const isEqual = (row: number, column: number) => expected[row]?.text === actual[column]?.text;
  for (let row = expected.length - 1; row >= 0; row--) {
    for (let column = actual.length - 1; column >= 0; column--) {
      lengths[row * width + column] = isEqual(row, column)
        ? at(row + 1, column + 1) + 1
        : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const matches: { expected: number; actual: number }[] = [];
  for (let row = 0, column = 0; row < expected.length && column < actual.length;) {
    if (isEqual(row, column)) matches.push({ expected: row++, actual: column++ });
    else if (at(row + 1, column) >= at(row, column + 1)) row++;
    else column++;
  }
  return matches;
}
