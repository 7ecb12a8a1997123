import {
  emptySlide,
  outsideCode,
  splitAt,
  takeFrontMatter,
  type ForeignDeck,
  type ForeignSlide,
} from './deck-parts.ts';

/** reveal.js's external Markdown, as reveal-md presents it: https://revealjs.com/markdown/ */
export function fromRevealMd(text: string): ForeignDeck {
  const { fields, rest, nested } = takeFrontMatter(text);
  const report = new Set<string>();
  const meta: Record<string, string> = {};
  for (const key of ['title', 'theme', 'css', 'transition', 'author']) {
    const value = fields[key];
    if (value !== undefined) meta[key] = value;
  }
  if (nested.includes('revealOptions'))
    report.add(
      '"revealOptions" is left out: its names stand in the YAML block by themselves, as in transition: fade.',
    );
  const isSeparator = toSeparator(fields, report);
  const slides = splitAt(rest, isSeparator).map((lines) => toSlide(lines, report));
  return { meta, slides, report: [...report] };
}

function toSeparator(fields: Record<string, string>, report: Set<string>): (line: string) => boolean {
  const own = ['separator', 'verticalSeparator'].flatMap((key) => {
    const written = fields[key];
    if (written === undefined) return [];
    try {
      return [new RegExp(`^(?:${written.replaceAll(/\\[nr]|\^|\$/g, '')})\\s*$`)];
    } catch {
      report.add(`The ${key} "${written}" can't be read: slides are split at --- instead.`);
      return [];
    }
  });
  const all = own.length > 0 ? own : [/^-{3,4}\s*$/];
  return (line) => all.some((pattern) => pattern.test(line));
}

function toSlide(lines: readonly string[], report: Set<string>): ForeignSlide {
  const slide = emptySlide([]);
  const from = lines.findIndex((line) => /^\s*notes?:/i.test(line));
  const body = from === -1 ? lines : lines.slice(0, from);
  if (from !== -1)
    slide.notes = [(lines[from] ?? '').replace(/^\s*notes?:\s*/i, ''), ...lines.slice(from + 1)];
  slide.lines = outsideCode(body, (line) => {
    const [comment, kind = '', words = ''] = /<!--\s*\.(slide|element):\s*(.*?)\s*-->/.exec(line) ?? [];
    if (comment === undefined) return line;
    const rest = line.replace(comment, '').trimEnd();
    const attributes = [...words.matchAll(/([\w-]+)=(?:"([^"]*)"|'([^']*)'|(\S+))/g)].map(
      ([, name = '', one, other, bare]): [string, string] => [name, one ?? other ?? bare ?? ''],
    );
    if (kind === 'element') return toElement(rest, attributes, report);
    for (const [name, value] of attributes) {
      if (name === 'class') slide.classes.push(...value.split(/\s+/));
      else slide.attributes.push([toBackground(name, value), value]);
    }
    return rest;
  });
  return slide;
}

/** `data-background` is a picture or a colour. */
function toBackground(name: string, value: string): string {
  const short = name.replace(/^data-(?=background|transition|visibility|auto-animate|state)/, '');
  if (short !== 'background') return short;
  return /[./]/.test(value) && !/^rgb|^hsl/.test(value) ? 'background-image' : 'background-color';
}

/** Of the line it ends: a class of an item or of a paragraph. */
function toElement(line: string, attributes: readonly [string, string][], report: Set<string>): string {
  const words = attributes.map(([name, value]) =>
    name === 'class'
      ? value
          .split(/\s+/)
          .map((one) => `.${one}`)
          .join(' ')
      : `${name}="${value}"`,
  );
  const [, mark = '', content = ''] = /^(\s*(?:[-*+]|\d+[.)])?\s*)(.*)$/.exec(line) ?? [];
  if (content === '' || content.startsWith('#')) {
    report.add('An attribute of an element on a line of its own is left out: write [text]{.fragment}.');
    return line;
  }
  return `${mark}[${content}]{${words.join(' ')}}`;
}
