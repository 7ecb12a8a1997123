import type { ForeignDeck, ForeignSlide } from './deck-parts.ts';
import { inFences } from './deck-parts.ts';

/** A deck in pandoc's Markdown: each slide begins with a heading of the second level, or with a rule when it has no title. */
export function toPandoc({ meta, slides }: ForeignDeck): string {
  // Their first slide is the cover; here `title:` would put one more before it.
  const hasCover = HEADING.test(trimBlank(slides[0]?.lines ?? [])[0] ?? '');
  const kept = Object.entries(meta).filter(([key]) => key !== 'title' || !hasCover);
  const fields = kept.map(([key, value]) => `${key}: ${toYaml(value)}\n`);
  const block = fields.length === 0 ? '' : `---\n${fields.join('')}---\n\n`;
  return `${block}${slides.map(toSlide).join('\n\n')}\n`;
}

const HEADING = /^#{1,6}\s+(.*?)(?:\s+#+)?\s*$/;

function toYaml(value: string): string {
  return /^[\w./ -]+$/.test(value) && !/^[\s-]|\s$/.test(value) ? value : JSON.stringify(value);
}

function toSlide({ lines, notes, classes, attributes }: ForeignSlide): string {
  const body = trimBlank(lines);
  const [, title] = HEADING.exec(body[0] ?? '') ?? [];
  const attr = toAttributes(classes, attributes);
  const rest = withBlankLines((title === undefined ? body : body.slice(1)).map(toFence));
  const head =
    title === undefined && attr === '' ? '---' : `## ${title ?? ''}${title && attr ? ' ' : ''}${attr}`;
  const parts = [head, trimBlank(lowerHeadings(rest)).join('\n')];
  const said = trimBlank(notes);
  if (said.length > 0) parts.push(`::: notes\n${said.join('\n')}\n:::`);
  return parts.filter((part) => part !== '').join('\n\n');
}

function toAttributes(classes: readonly string[], attributes: ForeignSlide['attributes']): string {
  const words = [
    ...classes.map((name) => `.${name}`),
    ...attributes.map(([name, value]) => `${name}="${value.replaceAll('"', "'")}"`),
  ];
  return words.length === 0 ? '' : `{${words.join(' ')}}`;
}

/** A slide has one title: what else is a heading is one inside it. */
function lowerHeadings(lines: readonly string[]): string[] {
  const fenced = inFences(lines);
  return lines.map((line, index) => (fenced[index] === true ? line : line.replace(/^#{1,2}(?=\s)/, '###')));
}

const LIT_LINES = /^(\s*(?:`{3,}|~{3,}))\s*([\w+#-]*)\s*[{[](?:\d+:\s*)?([\d,|*\sal-]+)[}\]]/;

/** The language with lines that are lit in steps: ```` ```ts {1|2-3} ```` of Slidev, ```` ```ts [1|2-3] ```` of reveal.js. */
function toFence(line: string): string {
  const [, fence, language = '', steps = ''] = LIT_LINES.exec(line) ?? [];
  if (fence === undefined || !/\d/.test(steps)) return line;
  const spec = steps.replaceAll(/all|[*\s]/g, '');
  return `${fence}{${language === '' ? '' : `.${language} `}data-line-numbers="${spec}"}`;
}

const STARTS_BLOCK = /^ {0,3}(?:[-*+]|\d+[.)]|>|#{1,6})\s+\S|^ {0,3}(?:`{3,}|~{3,})/;
const IN_LIST = /^\s*(?:[-*+]|\d+[.)])\s|^\s{2,}\S|^ {0,3}>/;

/** In CommonMark a list may follow a line of text at once; pandoc wants a blank line before it. */
function withBlankLines(lines: readonly string[]): string[] {
  const fenced = inFences(lines);
  return lines.flatMap((line, index) => {
    const before = lines[index - 1] ?? '';
    const isInside = fenced[index] === true && fenced[index - 1] === true;
    const needsOne = !isInside && before.trim() !== '' && STARTS_BLOCK.test(line) && !IN_LIST.test(before);
    return needsOne ? ['', line] : [line];
  });
}

export function trimBlank(lines: readonly string[]): string[] {
  const first = lines.findIndex((line) => line.trim() !== '');
  const last = lines.findLastIndex((line) => line.trim() !== '');
  return first === -1 ? [] : lines.slice(first, last + 1);
}
