import { toForms } from './secret-forms.ts';

/** What stands in a secret's place. */
export const MARK = '[redacted]';

/** Shorter secrets are taken out only as whole words: `test` must not spoil `latest`. */
const WHOLE_WORD_BELOW = 6;

export interface RedactOptions {
  secrets: readonly string[];
  /** More that must not be shown; each matches within a line. With the flags `g` and `u`. */
  patterns: readonly RegExp[];
}

export interface Range {
  from: number;
  to: number;
}

/** A range, and what stands in its place. */
export interface Hidden extends Range {
  instead: string;
}

export interface TextRedactor {
  text(text: string): string;
  /** Where secrets stand in a text, in order, without overlaps. */
  ranges(text: string): Range[];
  /** How much of a text that goes on is decided: nothing that follows can make a secret of it. */
  decidedLength(text: string): number;
  /** Whether more can be decided after this was added. */
  mayDecide(added: string): boolean;
}

/** Colours and such, which may stand in the middle of a secret (`grep --color`). Source: ECMA-48, CSI. */
// oxlint-disable-next-line no-control-regex
const ESCAPE = /\u001B\[[\d;:?]*[ -/]*[@-~]/gu;
/** The beginning of one, at a text's end. */
// oxlint-disable-next-line no-control-regex
const OPEN_ESCAPE = /\u001B(?:\[[\d;:?]*[ -/]*)?$/u;

/** A text without its escapes, and where each of its characters stood. */
interface Bare {
  text: string;
  /** By index in the bare text; one more for its end. */
  places: readonly number[] | undefined;
}

function toBare(text: string): Bare {
  if (!text.includes('\u001B')) return { text, places: undefined };
  let bare = '';
  const places: number[] = [];
  let next = 0;
  for (const { 0: escape, index } of [...text.matchAll(ESCAPE), { 0: '', index: text.length }]) {
    for (; next < index; next += 1) {
      bare += text[next];
      places.push(next);
    }
    next = index + escape.length;
  }
  return { text: bare, places: [...places, text.length] };
}

export function createTextRedactor(options: RedactOptions): TextRedactor {
  const bareRedactor = createBareRedactor(options);
  const hasAny = options.secrets.length + options.patterns.length > 0;
  const ranges = (text: string): Range[] => {
    const { text: bare, places } = toBare(text);
    const found = bareRedactor.ranges(bare);
    if (places === undefined) return found;
    return found.map(({ from, to }) => ({ from: places[from] ?? 0, to: (places[to - 1] ?? 0) + 1 }));
  };
  return {
    ranges,
    text: (text) =>
      cut(
        text,
        ranges(text).map((range) => ({ ...range, instead: markFor(text, range) })),
      ),
    mayDecide: (added) => bareRedactor.mayDecide(added),
    decidedLength: (text) => {
      const open = hasAny ? (OPEN_ESCAPE.exec(text)?.index ?? text.length) : text.length;
      const { text: bare, places } = toBare(text.slice(0, open));
      const decided = bareRedactor.decidedLength(bare);
      if (decided === bare.length) return open;
      return places?.[decided] ?? decided;
    },
  };
}

function createBareRedactor({ secrets, patterns }: RedactOptions): Omit<TextRedactor, 'text'> {
  const forms = [...new Set(secrets.flatMap(toForms))].toSorted((a, b) => b.length - a.length);
  const literal = toLiteral(forms);
  const beginnings = toBeginnings(forms);
  const longest = forms[0]?.length ?? 0;
  const all = literal === undefined ? patterns : [literal, ...patterns];
  const ranges = (text: string): Range[] => (all.length === 0 ? [] : findRanges(text, all));
  return {
    ranges,
    mayDecide: (added) => patterns.length === 0 || /[\r\n]/u.test(added),
    decidedLength: (text) => {
      if (patterns.length > 0) return Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1;
      const held = holdFrom(text, beginnings, longest);
      if (held === text.length) return held;
      return ranges(text).find(({ from, to }) => from < held && held < to)?.from ?? held;
    },
  };
}

/** What stands in a range's place. Colours go on as they were set in it. */
export function markFor(text: string, { from, to }: Range): string {
  return MARK + (text.slice(from, to).match(ESCAPE) ?? []).join('');
}

/** The text without what is in ranges, which are in order. One below 0 began in a text before. */
export function cut(text: string, hidden: readonly Hidden[]): string {
  let kept = '';
  let next = 0;
  for (const { from, to, instead } of hidden) {
    if (to <= next) continue;
    kept += text.slice(next, Math.max(next, from)) + instead;
    next = to;
  }
  return kept + text.slice(next);
}

function toLiteral(forms: readonly string[]): RegExp | undefined {
  if (forms.length === 0) return undefined;
  const escaped = forms.map((form) => {
    const text = form.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`);
    return form.length < WHOLE_WORD_BELOW ? `(?<![A-Za-z0-9])${text}(?![A-Za-z0-9])` : text;
  });
  return new RegExp(escaped.join('|'), 'gu');
}

/** Beginnings of forms; of a short one all of it, which the next character may make part of a longer word. */
function toBeginnings(forms: readonly string[]): Set<string> {
  const beginnings = new Set<string>();
  for (const form of forms) {
    const most = form.length < WHOLE_WORD_BELOW ? form.length : form.length - 1;
    for (let length = 1; length <= most; length += 1) beginnings.add(form.slice(0, length));
  }
  return beginnings;
}

/** Where the text ends with what may be the beginning of a secret; its length when it does not. */
function holdFrom(text: string, beginnings: ReadonlySet<string>, longest: number): number {
  for (let at = Math.max(0, text.length - longest); at < text.length; at += 1) {
    if (beginnings.has(text.slice(at))) return at;
  }
  return text.length;
}

/** Line by line, so that what a pattern finds does not depend on how the output was cut. */
function findRanges(text: string, expressions: readonly RegExp[]): Range[] {
  const found: Range[] = [];
  for (const line of text.matchAll(/[^\r\n]+/gu)) {
    for (const expression of expressions) {
      for (const match of line[0].matchAll(expression)) {
        const from = line.index + match.index;
        if (match[0] !== '') found.push({ from, to: from + match[0].length });
      }
    }
  }
  return mergeRanges(found.toSorted((a, b) => a.from - b.from));
}

/** One range for those that overlap, of ranges in order. */
export function mergeRanges<R extends Range>(sorted: readonly R[]): R[] {
  const merged: R[] = [];
  for (const range of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && range.from < last.to) last.to = Math.max(last.to, range.to);
    else merged.push({ ...range });
  }
  return merged;
}
