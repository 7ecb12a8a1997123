/** A deck of another tool, taken apart: what all of them have in common. */
export interface ForeignDeck {
  /** Of its front matter, in Deckhand's words. */
  meta: Record<string, string>;
  slides: ForeignSlide[];
  /** What has no counterpart, in a sentence each. */
  report: string[];
}

export interface ForeignSlide {
  /** Markdown, without the notes. */
  lines: string[];
  notes: string[];
  classes: string[];
  attributes: [name: string, value: string][];
}

export function emptySlide(lines: string[]): ForeignSlide {
  return { lines, notes: [], classes: [], attributes: [] };
}

/** For each line the fence that it is in, or that it opens or closes; '' outside. */
function fencesOf(lines: readonly string[]): { around: string[]; open: string } {
  let open = '';
  const around = lines.map((line) => {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1] ?? '';
    const before = open;
    if (open === '') open = mark;
    else if (mark.startsWith(open) && line.trim() === mark) open = '';
    return before === '' ? mark : before;
  });
  return { around, open };
}

/** For each line, whether it is inside a code fence, or is one of its two ends. */
export function inFences(lines: readonly string[]): boolean[] {
  return fencesOf(lines).around.map((fence) => fence !== '');
}

/** With the code fence or comment closed that is still open at the end: what is put behind it must not be part of it. */
export function closed(lines: readonly string[]): string[] {
  const { around, open } = fencesOf(lines);
  if (open !== '') return [...lines, open];
  const text = lines.filter((_line, at) => around[at] === '').join('\n');
  return text.lastIndexOf('<!--') > text.lastIndexOf('-->') ? [...lines, '-->'] : [...lines];
}

/** Slides between lines that separate them; none of those in code counts. */
export function splitAt(lines: readonly string[], isSeparator: (line: string) => boolean): string[][] {
  const fenced = inFences(lines);
  const slides: string[][] = [[]];
  for (const [index, line] of lines.entries()) {
    if (fenced[index] !== true && isSeparator(line)) slides.push([]);
    else slides.at(-1)?.push(line);
  }
  return slides.map(closed);
}

/** `key: value` lines between `---` at a text's start, and what comes behind them. Nested values are left out. */
export function takeFrontMatter(text: string): {
  fields: Record<string, string>;
  rest: string[];
  nested: string[];
} {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const end = lines[0]?.trim() === '---' ? lines.indexOf('---', 1) : -1;
  if (end === -1) return { fields: {}, rest: lines, nested: [] };
  return { ...readFields(lines.slice(1, end)), rest: lines.slice(end + 1) };
}

export function readFields(lines: readonly string[]): { fields: Record<string, string>; nested: string[] } {
  const fields: Record<string, string> = {};
  const nested: string[] = [];
  for (const line of lines) {
    const [, key = '', value = ''] = /^([A-Za-z_][\w-]*):\s*(.*?)\s*$/.exec(line) ?? [];
    if (key === '') continue;
    if (value === '' || /^[|>{[]/.test(value)) nested.push(key);
    else fields[key] = value.replace(/^(["'])(.*)\1$/, '$2');
  }
  return { fields, nested };
}

/** The fields that mean the same in a deck's YAML block here. */
export function pick(fields: Record<string, string>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]] as const])),
  );
}

/** Changes the lines that are no code. */
export function outsideCode(lines: readonly string[], change: (line: string) => string): string[] {
  const fenced = inFences(lines);
  return lines.map((line, index) => (fenced[index] === true ? line : change(line)));
}
