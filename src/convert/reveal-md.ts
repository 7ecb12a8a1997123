import {
  emptySlide,
  outsideCode,
  pick,
  splitAt,
  takeFrontMatter,
  type ForeignDeck,
  type ForeignSlide,
} from './deck-parts.ts';

/** reveal.js's external Markdown, as reveal-md presents it: https://revealjs.com/markdown/ */
export function fromRevealMd(text: string): ForeignDeck {
  const { fields, rest, nested } = takeFrontMatter(text);
  const report = new Set<string>();
  const meta = pick(fields, ['title', 'theme', 'css', 'transition', 'author']);
  if (nested.includes('revealOptions'))
    report.add(
      '"revealOptions" is left out: write its options into the YAML block one by one, as in transition: fade.',
    );
  const isSeparator = toSeparator(fields);
  const slides = splitAt(rest, isSeparator).map((lines) => toSlide(lines, report));
  return { meta, slides, report: [...report] };
}

/** Separators are regular expressions there; in practice a line's text between anchors and line ends, which is what counts here. */
function toSeparator(fields: Record<string, string>): (line: string) => boolean {
  const own = ['separator', 'verticalSeparator'].flatMap((key) => {
    const text = fields[key]?.replaceAll(/\\[nr]\??|[\^$]/g, '').trim() ?? '';
    return text === '' ? [] : [text];
  });
  const all = own.length > 0 ? own : ['---', '----'];
  return (line) => all.includes(line.trim());
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
