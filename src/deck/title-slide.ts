import { analyze } from './analyze.ts';
import type { Block, Inline } from './ast.ts';
import { emptyAttr } from './ast.ts';
import type { Compilation } from './compilation.ts';
import { renderAttr } from './html/html-attributes.ts';
import { plainText } from './text/plain-text.ts';
import { readBlocks, readInlines } from './runs.ts';
import { trimEnds } from './text/trim-ends.ts';
import { visibilityOf } from './visibility.ts';

/** Title, authors and so on, as inlines: their YAML values are Markdown. */
export interface TitleFields {
  title: Inline[];
  subtitle: Inline[];
  authors: Inline[][];
  institutes: Inline[][];
  date: Inline[];
}

export function readTitleFields(cx: Compilation): TitleFields {
  const { meta, percentTitle } = cx.facts;
  const authors = list(meta['author']).map((value) => toInlines(cx, authorName(value)));
  return {
    title: percentTitle.title ?? toInlines(cx, meta['title']),
    subtitle: toInlines(cx, meta['subtitle']),
    authors: percentTitle.authors ?? authors,
    institutes: list(meta['institute']).map((value) => toInlines(cx, authorName(value))),
    date: percentTitle.date ?? toInlines(cx, meta['date']),
  };
}

function list(value: unknown): unknown[] {
  if (value === undefined || value === null || value === '') return [];
  return Array.isArray(value) ? value : [value];
}

/** An author may be an object; pandoc's template shows such a one as `true`. */
function authorName(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? 'true' : value;
}

function toInlines(cx: Compilation, value: unknown): Inline[] {
  if (value === undefined || value === null || value === '' || typeof value === 'object') return [];
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  // A YAML block scalar (`|`) is blocks, and is shown as such; any other value is text, whatever it looks like.
  if (!text.endsWith('\n')) return trimEnds(readInlines(cx, text.trim()) ?? readParagraphs(cx, text));
  return analyze(cx.facts, readBlocks(cx, `${text}\n`, 1)).flatMap((block) => {
    if (block.type !== 'paragraph') return blockInlines(cx, block);
    return [html('<p>'), ...block.tokens, html('</p>')];
  });
}

/** Inlines of a value in which a block stands. */
function readParagraphs(cx: Compilation, text: string): Inline[] {
  return analyze(cx.facts, readBlocks(cx, text.trim(), 1)).flatMap((block, index) =>
    (index === 0 ? [] : [lineBreak()]).concat(blockInlines(cx, block)),
  );
}

function html(text: string): Inline {
  return { type: 'rawInline', raw: '', html: text, line: 0, column: 0 };
}

function lineBreak(): Inline {
  return { type: 'lineBreak', raw: '' };
}

/** A field is a line as a rule; a list or a quote in it is shown as one. */
function blockInlines(cx: Compilation, block: Block): Inline[] {
  if (block.type === 'paragraph' || block.type === 'plain') return block.tokens;
  const rendered = cx.renderBlocks([block]).trim();
  return rendered === '' ? [] : [html(rendered)];
}

/** The first section, if the deck has a title (rule 8). */
export function renderTitleSlide(cx: Compilation, fields: TitleFields): string | undefined {
  if (fields.title.length === 0) return undefined;
  const attr = slideAttributes(cx);
  if (cx.options.withoutHidden === true && visibilityOf(attr) === 'hidden') return undefined;
  const line = (name: string, html: string) => `  <p class="${name}">${html}</p>\n`;
  // What is nothing in HTML, as a date of \today, has no line.
  const optional = (name: string, tokens: Inline[]) => {
    const html = cx.parser.parseInline(tokens);
    return html === '' ? '' : line(name, html);
  };
  const each = (name: string, fields: Inline[][]) =>
    fields.map((tokens) => line(name, cx.parser.parseInline(tokens))).join('');
  return (
    `<section id="title-slide"${renderAttr(attr)}>\n` +
    `  <h1 class="title">${cx.parser.parseInline(fields.title)}</h1>\n` +
    optional('subtitle', fields.subtitle) +
    each('author', fields.authors) +
    each('institute', fields.institutes) +
    optional('date', fields.date) +
    `</section>`
  );
}

export function slideAttributes(cx: Compilation) {
  const value = cx.facts.meta['title-slide-attributes'];
  const pairs: [string, string][] = [];
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    for (const [key, field] of Object.entries(value)) {
      if (/^[A-Za-z_][\w:.-]*$/.test(key)) pairs.push([key, String(field)]);
    }
  }
  return { ...emptyAttr(), pairs };
}

export function fieldText(tokens: Inline[]): string {
  return plainText(tokens).replace(/\s+/g, ' ').trim();
}
