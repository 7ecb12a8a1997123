import { codeName, type RunBlock } from '../demo/run-block.ts';
import type { AnyToken, Attr, Block, Code, Section } from './ast.ts';
import { attrValue } from './ast.ts';
import { shownFile } from './code-file.ts';
import { runBlockOf } from './run-blocks.ts';
import type { Compilation } from './compilation.ts';
import type { Deck, DemoUse, FileUse, Slide } from './deck.ts';
import { FILE_ATTRIBUTES, namingOf, replaceNames } from './text/file-attributes.ts';
import { parseTag } from './html/html-tag.ts';
import { plainText } from './text/plain-text.ts';
import { hasSection } from './html/section-html.ts';
import { locate } from './text/source.ts';
import { castFile } from './syntax/block/cast.ts';
import { demoAttributes } from './syntax/block/demo.ts';
import { parseTalkTime } from './talk-time.ts';
import { findTarget } from './syntax/inline/reference.ts';
import { ownStyles } from './look.ts';
import { slideAttributes } from './title-slide.ts';
import { visibilityOf } from './visibility.ts';

type Uses = Pick<Deck, 'slides' | 'demos' | 'files' | 'codeFiles' | 'runBlocks'>;

/** What the deck is made of, for those who show, check and record it. */
export function collectUses(
  cx: Compilation,
  sections: Block[],
  tokens: readonly AnyToken[],
  hasTitleSlide: boolean,
  title: string,
): Uses {
  const demos: DemoUse[] = [];
  const files: FileUse[] = [];
  const runBlocks: RunBlock[] = [];
  for (const token of tokens) {
    const block = token.type === 'code' ? runBlockOf(cx, token) : undefined;
    if (block !== undefined && token.type === 'code') {
      runBlocks.push(block);
      demos.push(toDemoUse(block, token));
    }
    collectFiles(cx, token, files);
    if (token.type === 'div' && token.attr.classes.includes('demo')) {
      demos.push({ ...demoAttributes(token.attr), line: token.line, column: token.column });
    }
  }
  return {
    slides: collectSlides(cx, sections, hasTitleSlide, title),
    demos,
    files: [...metaFiles(cx), ...files],
    runBlocks,
    codeFiles: tokens.flatMap((token) => (token.type === 'code' ? (shownFile(token.attr)?.path ?? []) : [])),
  };
}

function toDemoUse({ demo, key }: RunBlock, { line, column }: Code): DemoUse {
  const name = codeName(key);
  return { name: demo, views: [name], steps: [name], settings: {}, line, column };
}

function collectFiles(cx: Compilation, token: AnyToken, files: FileUse[]): void {
  switch (token.type) {
    case 'image':
      add(cx, files, token.src, token.line);
      return;
    case 'link':
      addLink(cx, files, token.href, token.line);
      return;
    case 'reference':
      if (!token.image) addLink(cx, files, findTarget(cx, token.key)?.href, token.line);
      if (token.image) add(cx, files, findTarget(cx, token.key)?.href, token.line);
      return;
    case 'heading':
      addAttributes(cx, files, token.attr, token.line);
      return;
    case 'div':
      // What a demo's panel names is a folder, and none of the deck's files.
      if (token.attr.classes.includes('demo')) return;
      addAttributes(cx, files, token.attr, token.line);
      if (token.attr.classes.includes('cast')) addCast(cx, files, castFile(token.attr), token.line);
      return;
    case 'rawBlock':
    case 'rawInline':
      addTags(cx, files, token.html, token.line);
      return;
    default:
  }
}

/** Not decoded: the stage knows the panel by what stands in the deck. */
function addCast(cx: Compilation, files: FileUse[], path: string, line: number): void {
  if (path !== '') files.push({ path, ...locate(cx.source, path, line, 3) });
}

function addAttributes(cx: Compilation, files: FileUse[], attr: Attr, line: number): void {
  for (const key of [...FILE_ATTRIBUTES, 'style'])
    addNames(cx, files, ['section', key, attrValue(attr, key)], line);
}

function addTags(cx: Compilation, files: FileUse[], html: string, line: number): void {
  for (let at = html.indexOf('<'); at !== -1; at = html.indexOf('<', at + 1)) {
    const tag = parseTag(html, at);
    if (tag?.kind !== 'open') continue;
    for (const [name, value] of tag.attributes) addNames(cx, files, [tag.name, name, value], line);
    if (tag.name === 'style') {
      const css = html.slice(at + tag.raw.length).split(/<\/style/i, 1)[0] ?? '';
      addNames(cx, files, [tag.name, 'style', css], line);
    }
  }
}

/** The files that an attribute names: several, in a list, in a `srcset`, or in a style. */
function addNames(
  cx: Compilation,
  files: FileUse[],
  [tag, attribute, value = '']: [tag: string, attribute: string, value: string | undefined],
  line: number,
): void {
  const naming = namingOf(tag, attribute);
  if (naming === undefined || value === '') return;
  replaceNames(naming, value.replaceAll('&quot;', '"').replaceAll('&amp;', '&'), (path) => {
    add(cx, files, path, line);
    return undefined;
  });
}

function add(cx: Compilation, files: FileUse[], path: string | undefined, line: number): void {
  if (path === undefined || path === '') return;
  const written = decodePath(path);
  const place = locate(cx.source, written, line, 20);
  files.push({ path: written, ...place });
}

/** A link to a file beside the deck; addresses and places in the deck are none. */
function addLink(cx: Compilation, files: FileUse[], href: string | undefined, line: number): void {
  if (href === undefined || /^(?:[a-z][a-z0-9+.-]*:|\/|#)/i.test(href)) return;
  const found: FileUse[] = [];
  add(cx, found, href, line);
  files.push(...found.map((file) => ({ ...file, link: true })));
}

/** As the author wrote it: links are escaped for HTML. */
function decodePath(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

function metaFiles(cx: Compilation): FileUse[] {
  const files: FileUse[] = [];
  addTags(cx, files, ownStyles(cx.facts.meta), 1);
  const attributes = cx.facts.meta['title-slide-attributes'];
  if (typeof attributes !== 'object' || attributes === null) return files;
  for (const [key, value] of Object.entries(attributes)) {
    if (FILE_ATTRIBUTES.includes(key) && typeof value === 'string') {
      const offset = Math.max(cx.source.text.indexOf(value), 0);
      const line = cx.source.text.slice(0, offset).split('\n').length;
      files.push({ path: value, ...locate(cx.source, value, line) });
    }
  }
  return files;
}

/** Positions and numbers as reveal.js counts them: `h` along the stacks, `v` down in each. */
function collectSlides(cx: Compilation, sections: Block[], hasTitleSlide: boolean, title: string): Slide[] {
  const slides: Uncounted[] = [];
  let h = 0;
  if (hasTitleSlide) {
    slides.push({ h: h++, v: 0, id: 'title-slide', title, line: 1, ...countingOf(slideAttributes(cx)) });
  }
  for (const section of flatSections(sections)) {
    const { level } = section.heading;
    const below = section.tokens.filter(hasSection);
    const hasTitle = section.hasNoTitleSlide !== true;
    if (hasTitle) slides.push(toSlide(section, h, 0));
    const isStack = level === cx.facts.slideLevel - 1;
    let v = hasTitle ? 1 : 0;
    for (const inner of level < cx.facts.slideLevel ? flatSections(below) : []) {
      slides.push(isStack ? toSlide(inner, h, v++) : toSlide(inner, ++h, 0));
      for (const deeper of isStack || inner.heading.level >= cx.facts.slideLevel
        ? []
        : flatSections(inner.tokens)) {
        slides.push(toSlide(deeper, h, v++));
      }
    }
    h++;
  }
  if (cx.render.footnotes.length > 0) {
    slides.push({ h, v: 0, id: 'footnotes', title: '', line: cx.source.starts.length, counts: true });
  }
  let number = 0;
  return slides.map(({ counts, ...slide }) => ({ ...slide, number: (number += counts ? 1 : 0) }));
}

type Uncounted = Omit<Slide, 'number'> & { counts: boolean };

function countingOf(attr: Attr): { counts: boolean } {
  return { counts: visibilityOf(attr) !== 'uncounted' };
}

function flatSections(blocks: readonly Block[]): Section[] {
  return blocks.flatMap((block) => {
    if (block.type === 'section') return [block];
    return block.type === 'div' ? flatSections(block.tokens) : [];
  });
}

function toSlide(section: Section, h: number, v: number): Uncounted {
  const title = section.untitled ? '' : plainText(section.heading.tokens).replace(/\s+/g, ' ').trim();
  const plannedMs = parseTalkTime(attrValue(section.attr, 'time') ?? '');
  const place = { h, v, id: section.attr.id, title, line: section.line };
  const slide = { ...place, ...countingOf(section.attr) };
  return plannedMs === undefined ? slide : { ...slide, plannedMs };
}
