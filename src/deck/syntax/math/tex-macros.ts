import { bracesEnd, matchAt } from './tex-command.ts';

interface Macro {
  parameters: number;
  /** What the first parameter is when it is not given in `[…]`. */
  first: string | undefined;
  body: string;
}

const COMMAND = String.raw`(\\(?:[A-Za-z]+|[^A-Za-z\s]))`;
const DEFINITION =
  /\\(?:newcommand|renewcommand|providecommand|DeclareRobustCommand|DeclareMathOperator|[egx]?def|let)(?![A-Za-z])/g;
const NEW = new RegExp(
  String.raw`\\(newcommand|renewcommand|providecommand|DeclareRobustCommand|DeclareMathOperator)(\*?)\s*` +
    String.raw`(?:\{\s*${COMMAND}\s*\}|${COMMAND})\s*(?:\[(\d)\])?\s*(?:\[([^\]\n]*)\])?\s*(?=\{)`,
  'y',
);
const DEF = new RegExp(String.raw`\\[egx]?def\s*${COMMAND}\s*((?:#\d)*)\s*(?=\{)`, 'y');
const LET = new RegExp(String.raw`\\let\s*${COMMAND}\s*=?\s*(\\[A-Za-z]+|[^\s\\{}])`, 'y');
const CALL = /\\(?:[A-Za-z]+|[^A-Za-z])/g;

/** Macros that call each other must come to an end. */
const MAX_CALLS_IN_FORMULA = 1000;
const MAX_CALLS_IN_DECK = 100_000;
const LONGEST_RESULT = 20_000;

/** The commands that a deck defines for its formulas, and where they are put in. */
export class TexMacros {
  private readonly macros = new Map<string, Macro>();
  private callsLeft = MAX_CALLS_IN_DECK;

  /** The same commands, to be added to without this one knowing. */
  copy(): TexMacros {
    const copy = new TexMacros();
    for (const [name, macro] of this.macros) copy.macros.set(name, macro);
    copy.callsLeft = this.callsLeft;
    return copy;
  }

  /** Learns what a text defines. Answers the text without it. */
  learn(text: string): string {
    let rest = '';
    let at = 0;
    for (const { index } of text.matchAll(DEFINITION)) {
      if (index < at) continue;
      const length = this.define(text, index);
      if (length === undefined) continue;
      rest += text.slice(at, index);
      at = index + length;
    }
    return rest + text.slice(at);
  }

  /** The formula with its macros written out; as it is when they never come to an end. */
  expand(formula: string): string {
    if (!formula.includes('\\')) return formula;
    const tex = this.learn(formula);
    if (this.macros.size === 0) return tex;
    let result = tex;
    let calls = 0;
    CALL.lastIndex = 0;
    for (let call = CALL.exec(result); call !== null; call = CALL.exec(result)) {
      const macro = this.macros.get(call[0]);
      const value = macro === undefined ? undefined : fill(macro, result, call.index + call[0].length);
      if (value === undefined) continue;
      if (++calls > MAX_CALLS_IN_FORMULA || --this.callsLeft < 0) return tex;
      const before = result.slice(0, call.index);
      result = before + joined(value.text, result.slice(value.end));
      if (result.length > LONGEST_RESULT) return tex;
      CALL.lastIndex = call.index;
    }
    return result;
  }

  /** How long the definition is that starts at `at`. */
  private define(text: string, at: number): number | undefined {
    const same = matchAt(LET, text, at);
    if (same !== undefined) {
      const [raw, name = '', target = ''] = same;
      this.macros.set(name, this.macros.get(target) ?? { parameters: 0, first: undefined, body: target });
      return raw.length;
    }
    const match = matchAt(NEW, text, at) ?? matchAt(DEF, text, at);
    const start = at + (match?.[0].length ?? 0);
    const end = match === undefined ? undefined : bracesEnd(text, start);
    if (match === undefined || end === undefined) return undefined;
    this.add(match, text.slice(start + 1, end - 1));
    return end - at;
  }

  private add(match: RegExpExecArray, body: string): void {
    if (match.length === 3) {
      const [, name = '', parameters = ''] = match;
      this.macros.set(name, { parameters: parameters.length / 2, first: undefined, body });
      return;
    }
    const [, kind, star = '', braced, bare = '', parameters = '0', first] = match;
    const name = braced ?? bare;
    // As for pandoc, and unlike TeX, defining it once more is no error and changes nothing.
    if ((kind === 'newcommand' || kind === 'providecommand') && this.macros.has(name)) return;
    const value = kind === 'DeclareMathOperator' ? `\\operatorname${star}{${body}}` : body;
    this.macros.set(name, { parameters: Number(parameters), first, body: value });
  }
}

/** The macro's body with the arguments that start at `at`. */
function fill(macro: Macro, text: string, at: number): { text: string; end: number } | undefined {
  const values: string[] = [];
  let end = at;
  if (macro.first !== undefined) {
    const option = matchAt(/\s*\[([^\]]*)\]/y, text, end);
    values.push(option?.[1] ?? macro.first);
    end += option?.[0].length ?? 0;
  }
  while (values.length < macro.parameters) {
    const start = end + (matchAt(/\s*/y, text, end)?.[0].length ?? 0);
    const close = bracesEnd(text, start);
    const single =
      close === undefined ? matchAt(/\\(?:[A-Za-z]+|[^A-Za-z])|[^\\{}]/y, text, start)?.[0] : undefined;
    if (close === undefined && single === undefined) return undefined;
    values.push(single ?? text.slice(start + 1, (close ?? 0) - 1));
    end = close ?? start + (single?.length ?? 0);
  }
  let body = '';
  for (const part of macro.body.split(/(#[1-9])/)) {
    body = joined(body, part.startsWith('#') ? (values[Number(part[1]) - 1] ?? part) : part);
  }
  return { text: body, end };
}

/** A command's name ends where a letter would go on with it. */
function joined(before: string, after: string): string {
  return /\\[A-Za-z]+$/.test(before) && /^[A-Za-z]/.test(after) ? `${before} ${after}` : before + after;
}
