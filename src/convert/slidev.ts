import {
  closed,
  emptySlide,
  inFences,
  outsideCode,
  pick,
  readFields,
  type ForeignDeck,
  type ForeignSlide,
} from './deck-parts.ts';

const LAYOUTS: Record<string, string> = {
  center: 'center',
  cover: 'center',
  intro: 'center',
  end: 'center',
  section: 'center',
  statement: 'statement',
  fact: 'statement',
  quote: 'quote',
};

interface RawSlide {
  fields: Record<string, string>;
  lines: string[];
}

/** Slidev's Markdown: https://sli.dev/guide/syntax */
export function fromSlidev(text: string): ForeignDeck {
  const [first, ...others] = split(text.replaceAll('\r\n', '\n').split('\n'));
  const report = new Set<string>();
  const meta = pick(first?.fields ?? {}, ['title', 'author', 'lang', 'transition']);
  meta['theme'] = first?.fields['colorSchema'] === 'dark' ? 'dark' : 'light';
  const theme = first?.fields['theme'];
  if (theme !== undefined && theme !== 'default')
    report.add(`The theme "${theme}" is left out: set theme: or css: for looks.`);
  const raw = first === undefined ? others : [first, ...others];
  const slides = raw
    .filter(({ fields, lines }) => fields['src'] !== undefined || lines.some((line) => line.trim() !== ''))
    .map((slide) => toSlide(slide, report));
  return { meta, slides, report: [...report] };
}

/** Slides stand between `---`; one may begin with fields, which a second `---` ends. */
function split(lines: readonly string[]): RawSlide[] {
  const fenced = inFences(lines);
  const isRule = (at: number) => fenced[at] !== true && /^---+\s*$/.test(lines[at] ?? '');
  const slides: RawSlide[] = [];
  let at = 0;
  while (at < lines.length) {
    let fields: Record<string, string> = {};
    if (isRule(at)) {
      let end = at + 1;
      while (end < lines.length && !isRule(end)) end += 1;
      const head = lines.slice(at + 1, end);
      if (
        end < lines.length &&
        head.length > 0 &&
        head.every((line) => /^(?:[A-Za-z][\w-]*:|\s+\S|\s*#|\s*$)/.test(line)) &&
        head.some((line) => /^[A-Za-z][\w-]*:/.test(line))
      ) {
        ({ fields } = readFields(head));
        at = end;
      }
      at += 1;
    }
    const body: string[] = [];
    while (at < lines.length && !isRule(at)) body.push(lines[at++] ?? '');
    slides.push({ fields, lines: closed(body) });
  }
  return slides;
}

function toSlide({ fields, lines }: RawSlide, report: Set<string>): ForeignSlide {
  const slide = emptySlide([]);
  const { layout = '', background, image, src } = fields;
  if (src !== undefined) report.add(`The slides of ${src} are not taken in: convert that file too.`);
  const name = LAYOUTS[layout];
  if (name !== undefined) slide.classes.push(name);
  if (fields['class'] !== undefined)
    slide.classes.push(...fields['class'].split(/\s+/).filter((one) => /^[\w-]+$/.test(one)));
  if (background !== undefined)
    slide.attributes.push([/[./]/.test(background) ? 'background-image' : 'background-color', background]);
  if (fields['hide'] === 'true' || fields['disabled'] === 'true')
    slide.attributes.push(['visibility', 'hidden']);
  if (fields['transition'] !== undefined) slide.attributes.push(['transition', fields['transition']]);
  const body = takeNotes(lines, slide);
  slide.lines = inColumns(
    outsideCode(body, (line) => toLine(line, report)),
    image,
  );
  return slide;
}

/** The last comment of a slide is its notes. */
function takeNotes(lines: readonly string[], slide: ForeignSlide): string[] {
  const text = lines.join('\n');
  const [comment, inner = ''] = /<!--((?:(?!-->)[^])*)-->\s*$/.exec(text) ?? [];
  if (comment === undefined) return [...lines];
  slide.notes = inner.trim().split('\n');
  return text.slice(0, -comment.length).split('\n');
}

function toLine(line: string, report: Set<string>): string {
  const [, file] = /^<<<\s+@?\/?(\S+)/.exec(line) ?? [];
  if (file !== undefined) return `\`\`\`{file="${file}"}\n\`\`\``;
  const known = line
    .replace(/^\s*<v-clicks\b[^>]*>\s*$/, `${OPENS}incremental\n`)
    .replace(/^\s*<v-click\b[^>]*>\s*$/, `${OPENS}fragment\n`)
    .replace(/^\s*<\/v-clicks?>\s*$/, CLOSES)
    .replaceAll(/<v-click\b[^>]*>(.*?)<\/v-click>/g, '[$1]{.fragment}');
  for (const [, component = ''] of known.matchAll(/<([A-Z]\w*|v-[\w-]+)/g))
    report.add(`<${component}> has no counterpart: show its result as a picture, or write HTML.`);
  if (/\{\{.*\}\}/.test(known)) report.add('Expressions in {{ }} are shown as they are written.');
  if (/^\s*<(?:script|style)\b/.test(known))
    report.add('<script> does not run, and <style> holds for the whole deck.');
  return known;
}

/** What is stepped through, from its tag to the other one. */
const OPENS = '\n::: ';
const CLOSES = '\n:::\n';

/** Each tag has its other one: what is missing is added at the end, what is too much goes. */
function balanced(lines: readonly string[]): string[] {
  let open = 0;
  const kept = lines.filter((line) => {
    if (line.startsWith(OPENS)) open += 1;
    if (line !== CLOSES) return true;
    open -= 1;
    if (open >= 0) return true;
    open = 0;
    return false;
  });
  return [...kept, ...Array.from({ length: open }, () => CLOSES)];
}

/** `::right::` begins the second column; a layout's picture stands in one. */
function inColumns(lines: readonly string[], image: string | undefined): string[] {
  const fenced = inFences(lines);
  const right = lines.findIndex((line, at) => fenced[at] !== true && /^::right::\s*$/.test(line));
  if (right === -1 && image === undefined)
    return balanced(lines.filter((line, at) => fenced[at] === true || !/^::\w+::\s*$/.test(line)));
  const [title, rest] = takeTitle(right === -1 ? lines : lines.slice(0, right));
  const second = right === -1 ? [`![](${image ?? ''})`] : lines.slice(right + 1);
  const column = (content: readonly string[]) => ['::: column', ...balanced(content), ':::', ''];
  return [...title, '', ':::: columns', ...column(rest), ...column(second), '::::'];
}

function takeTitle(lines: readonly string[]): [string[], string[]] {
  const at = lines.findIndex((line) => line.trim() !== '');
  return /^#{1,6}\s/.test(lines[at] ?? '') ? [[lines[at] ?? ''], lines.slice(at + 1)] : [[], [...lines]];
}
