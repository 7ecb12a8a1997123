/** `$NAME`, `${NAME}` and their forms with a default, a replacement or an error. Source: compose-spec, 12-interpolation.md. */

/** A variable's value; undefined when it isn't set. */
export type Lookup = (name: string) => string | undefined;

export interface TemplateEvents {
  /** A variable has no value, and the text gets nothing in its place. */
  onUnset?(name: string): void;
}

/** What is wrong with a text's variables. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}

const NAME = /[_a-z][_a-z0-9]*/iy;
const OPERATOR = /:?[-+?]/y;
/** Templates in templates: a file that somebody else wrote must not fill the stack. */
const MAX_DEPTH = 50;

/** The text with its variables filled in; `$$` is a dollar sign. Throws a `TemplateError`. */
export function fillIn(text: string, lookup: Lookup, events: TemplateEvents = {}, depth = 0): string {
  if (!text.includes('$')) return text;
  if (depth > MAX_DEPTH) throw new TemplateError('Its variables are nested too deeply.', 'Write it simpler.');
  let filled = '';
  let at = 0;
  while (at < text.length) {
    const dollar = text.indexOf('$', at);
    if (dollar === -1) break;
    filled += text.slice(at, dollar);
    const next = text[dollar + 1];
    if (next === '$') {
      filled += '$';
      at = dollar + 2;
    } else if (next === '{') {
      const end = findEnd(text, dollar);
      filled += fillBraces(text.slice(dollar + 2, end), lookup, events, depth);
      at = end + 1;
    } else {
      const name = matchAt(NAME, text, dollar + 1);
      filled += name === '' ? '$' : value(name, lookup, events);
      at = dollar + 1 + name.length;
    }
  }
  return filled + text.slice(at);
}

/** Where the brace closes that opens after the dollar sign at `start`. */
function findEnd(text: string, start: number): number {
  let open = 0;
  for (let at = start; at < text.length; at += 1) {
    if (text.startsWith('${', at)) open += 1;
    else if (text[at] === '}') open -= 1;
    if (text[at] === '}' && open === 0) return at;
  }
  throw invalid(text.slice(start));
}

function fillBraces(inner: string, lookup: Lookup, events: TemplateEvents, depth: number): string {
  const name = matchAt(NAME, inner, 0);
  if (name === '') throw invalid(`\${${inner}}`);
  if (name === inner) return value(name, lookup, events);
  const operator = matchAt(OPERATOR, inner, name.length);
  if (operator === '') throw invalid(`\${${inner}}`);
  const found = lookup(name);
  const isThere = found !== undefined && (!operator.startsWith(':') || found !== '');
  const other = () => fillIn(inner.slice(name.length + operator.length), lookup, events, depth + 1);
  switch (operator.at(-1)) {
    case '-':
      return isThere ? found : other();
    case '+':
      return isThere ? other() : (found ?? '');
    default: {
      if (isThere) return found;
      const reason = other();
      const message = `The variable "${name}" is required and has no value${reason === '' ? '' : `: ${reason}`}.`;
      throw new TemplateError(message, `Set ${name} in the .env file beside the Compose file.`);
    }
  }
}

function value(name: string, lookup: Lookup, events: TemplateEvents): string {
  const found = lookup(name);
  if (found === undefined) events.onUnset?.(name);
  return found ?? '';
}

function invalid(text: string): TemplateError {
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return new TemplateError(
    `"${shown}" is not a variable.`,
    'Write ${NAME} or ${NAME:-default}, or $$ for a dollar sign.',
  );
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}
