import {
  emptySlide,
  inFences,
  outsideCode,
  pick,
  splitAt,
  takeFrontMatter,
  type ForeignDeck,
  type ForeignSlide,
} from './deck-parts.ts';

const THEMES: Record<string, string> = { default: 'light', uncover: 'light', gaia: 'light' };
/** Directives of a slide and what they are on a heading. */
const ATTRIBUTES: Record<string, string> = {
  backgroundColor: 'background-color',
  backgroundImage: 'background-image',
  backgroundSize: 'background-size',
  backgroundPosition: 'background-position',
  backgroundRepeat: 'background-repeat',
};
const LEFT_OUT = new Set(['header', 'footer', 'style', 'color']);
const KNOWN = new Set([
  ...Object.keys(ATTRIBUTES),
  ...LEFT_OUT,
  'class',
  'paginate',
  'theme',
  'size',
  'math',
  'headingDivider',
  'marp',
]);

/** Marpit's Markdown: https://marpit.marp.app/directives */
export function fromMarp(text: string): ForeignDeck {
  const { fields, rest, nested } = takeFrontMatter(text);
  const report = new Set<string>();
  const meta = pick(fields, ['title', 'author', 'description', 'lang', 'transition']);
  const theme = THEMES[fields['theme'] ?? 'default'];
  if (theme === undefined)
    report.add(`The theme "${fields['theme'] ?? ''}" is left out: set theme: or css: for looks.`);
  meta['theme'] = theme ?? 'light';
  if (fields['paginate'] === 'true') meta['slideNumber'] = 'true';
  for (const key of [...LEFT_OUT, ...nested])
    if (fields[key] !== undefined || nested.includes(key))
      report.add(`"${key}" of the front matter is left out.`);
  const lines = withDividers(rest, Number(fields['headingDivider']));
  // Without a mark, a directive holds from its slide on.
  const lasting: ForeignSlide = emptySlide([]);
  if (fields['class'] !== undefined) lasting.classes.push(...toClasses(fields['class']));
  const slides = splitAt(lines, (line) => /^ {0,3}(?:-{3,}|\*{3,}|_{3,})\s*$/.test(line)).map((one) => {
    const slide = emptySlide([]);
    const body = takeComments(one, slide, lasting, report);
    slide.lines = withSteps(outsideCode(body, (line) => toImages(line, slide, report)));
    slide.classes.push(...lasting.classes.filter((name) => !slide.classes.includes(name)));
    slide.attributes.push(
      ...lasting.attributes.filter(([name]) => !slide.attributes.some(([own]) => own === name)),
    );
    return slide;
  });
  return { meta, slides, report: [...report] };
}

/** `headingDivider: 2` begins a slide at each heading down to that level. */
function withDividers(lines: readonly string[], level: number): string[] {
  if (!(level >= 1)) return [...lines];
  const fenced = inFences(lines);
  let isFirst = true;
  return lines.flatMap((line, index) => {
    const depth = fenced[index] === true ? 0 : (/^(#{1,6})\s/.exec(line)?.[1]?.length ?? 0);
    if (depth === 0 || depth > level) return [line];
    const divider = isFirst ? [] : ['', '---', ''];
    isFirst = false;
    return [...divider, line];
  });
}

/** Comments are directives, or else notes. */
function takeComments(
  lines: readonly string[],
  slide: ForeignSlide,
  lasting: ForeignSlide,
  report: Set<string>,
): string[] {
  const text = lines.join('\n').replaceAll(/<!--([^]*?)-->/g, (comment: string, inner: string) => {
    if (inner.trim() === 'fit') {
      slide.classes.push('statement');
      return '';
    }
    const fields = inner
      .trim()
      .split('\n')
      .map((line) => /^\s*(_?)([A-Za-z]+):\s*(.*?)\s*$/.exec(line));
    if (!fields.every((field) => field !== null && KNOWN.has(field[2] ?? ''))) {
      slide.notes.push(...inner.trim().split('\n'));
      return '';
    }
    for (const field of fields) if (field !== null) direct(field, slide, lasting, report);
    return '';
  });
  return text.split('\n');
}

function direct(
  field: RegExpExecArray,
  slide: ForeignSlide,
  lasting: ForeignSlide,
  report: Set<string>,
): void {
  const [, mark = '', key = '', value = ''] = field;
  const target = mark === '_' ? slide : lasting;
  const plain = value.replace(/^(["'])(.*)\1$/, '$2').replace(/^url\((["']?)(.*)\1\)$/, '$2');
  const attribute = ATTRIBUTES[key];
  if (key === 'class') target.classes.push(...toClasses(plain));
  else if (attribute !== undefined) {
    target.attributes = target.attributes.filter(([name]) => name !== attribute);
    target.attributes.push([attribute, plain]);
  } else if (LEFT_OUT.has(key)) report.add(`"${key}" is left out.`);
}

function toClasses(value: string): string[] {
  return value
    .split(/[\s,[\]"']+/)
    .flatMap((name) => (name === '' ? [] : [name === 'lead' ? 'center' : name]));
}

/** `![bg cover](x.png)` is the slide's background, `![w:300px](x.png)` a picture's size. */
function toImages(line: string, slide: ForeignSlide, report: Set<string>): string {
  return line.replaceAll(
    /!\[([^\]]*)\]\(([^)\s]+)[^)]*\)/g,
    (whole: string, words: string, address: string) => {
      const parts = words.split(/\s+/);
      if (parts.includes('bg')) {
        if (parts.some((part) => /^(?:left|right)/.test(part)))
          report.add(
            `The background ${address} beside its text covers the whole slide: use ::: columns for a half.`,
          );
        slide.attributes.push(['background-image', address]);
        const size = parts.find((part) => /^(?:cover|contain|fit|auto|\d+%)$/.test(part));
        if (size !== undefined) slide.attributes.push(['background-size', size === 'fit' ? 'contain' : size]);
        return '';
      }
      const sizes = parts.flatMap((part) => {
        const [, side = '', length = ''] = /^(w|h|width|height):(.+)$/.exec(part) ?? [];
        return side === ''
          ? []
          : [`${side.startsWith('w') ? 'width' : 'height'}=${/\d$/.test(length) ? `${length}px` : length}`];
      });
      const alt = parts.filter(
        (part) =>
          !/^(?:w|h|width|height|blur|brightness|contrast|grayscale|sepia|opacity|invert)(?::|$)/.test(part),
      );
      return sizes.length === 0 ? whole : `![${alt.join(' ')}](${address}){${sizes.join(' ')}}`;
    },
  );
}

/** A list with `*` comes item by item. */
function withSteps(lines: readonly string[]): string[] {
  const fenced = inFences(lines);
  const isItem = (at: number) => fenced[at] !== true && /^\* +\S/.test(lines[at] ?? '');
  const isInList = (at: number) => isItem(at) || /^\s+\S/.test(lines[at] ?? '');
  const shown: string[] = [];
  for (let at = 0; at < lines.length;) {
    let end = at + 1;
    if (isItem(at)) {
      while (isInList(end) || (lines[end]?.trim() === '' && isInList(end + 1))) end += 1;
      shown.push('', '::: incremental', ...lines.slice(at, end), ':::', '');
    } else shown.push(lines[at] ?? '');
    at = end;
  }
  return shown;
}
