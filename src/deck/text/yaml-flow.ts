/**
 * YAML in which the lines of a value in quotes or brackets are indented below its key, as YAML 1.2 asks for. The spaces are
 * no part of the value.
 */
export function indentFlow(text: string): string {
  const state: FlowState = { quote: '', open: 0 };
  let indent = '';
  return text
    .split('\n')
    .map((line) => {
      const isInside = state.quote !== '' || state.open > 0;
      if (!isInside) indent = ' '.repeat((/^[ -]*/.exec(line)?.[0].length ?? 0) + 1);
      followLine(state, line);
      return isInside && line.trim() !== '' ? indent + line : line;
    })
    .join('\n');
}

interface FlowState {
  /** The quote mark that is open, or ''. */
  quote: string;
  /** How many brackets are open. */
  open: number;
}

/** What is open at the line's end. */
function followLine(state: FlowState, line: string): void {
  let before = '';
  for (let at = 0; at < line.length; at++) {
    const char = line[at] ?? '';
    if (state.quote !== '') {
      if (state.quote === '"' && char === '\\') at++;
      else if (char === state.quote) state.quote = '';
    } else if (char === '#' && (at === 0 || line[at - 1] === ' ')) {
      return;
    } else if ('"\'[{'.includes(char) && startsValue(before, state.open)) {
      if (char === '"' || char === "'") state.quote = char;
      else state.open++;
    } else if (state.open > 0 && (char === ']' || char === '}')) {
      state.open--;
    }
    if (char !== ' ') before = char;
  }
}

/** A mark inside a plain value is text. */
function startsValue(before: string, open: number): boolean {
  return before === '' || before === ':' || before === '-' || (open > 0 && '[{,'.includes(before));
}

/** More than any metadata has, and what the parser, which calls itself for each level, can bear. */
const DEEPEST = 100;

/** The first line (from 0) in which brackets or blocks are nested more deeply than that. */
export function tooDeepLine(text: string): number | undefined {
  let open = 0;
  const indents: number[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const start = /^ */.exec(line)?.[0].length ?? 0;
    while ((indents.at(-1) ?? -1) >= start) indents.pop();
    if (line.length > start) indents.push(start);
    const marks = /^(?:[-?:] +)*/.exec(line.slice(start))?.[0].match(/[-?:]/g)?.length ?? 0;
    for (const char of line) {
      if (char === '[' || char === '{') open++;
      else if ((char === ']' || char === '}') && open > 0) open--;
      if (open > DEEPEST) return index;
    }
    if (indents.length + marks > DEEPEST) return index;
  }
  return undefined;
}
