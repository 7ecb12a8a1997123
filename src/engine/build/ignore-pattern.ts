/** What one place of a pattern takes. `folders` is `**` with a name after it: nothing, or folders and their slashes. */
type Token =
  | { kind: 'character'; character: string }
  | { kind: 'class'; isNegated: boolean; ranges: readonly (readonly [string, string])[] }
  | { kind: 'one' | 'some' | 'folders' | 'all' };

export interface Pattern {
  /** Whether it is the path's pattern, or one of a folder that the path is in; and how many steps that took. */
  matches(path: string): { matches: boolean; steps: number };
}

/**
 * A pattern of a `.dockerignore`, followed at all its places at once: the time is that of pattern times path, where a regular
 * expression's backtracking doubles it with each `*`. Undefined when Docker would refuse it. Source: moby/patternmatcher,
 * `compile`, which translates `**` in front of plain text to "ends with", and path.Match for what is refused.
 */
export function compilePattern(text: string): Pattern | undefined {
  const tokens = toTokens(text);
  return tokens === undefined ? undefined : { matches: (path) => follow(tokens, path) };
}

function toTokens(text: string): Token[] | undefined {
  const characters = Array.from(text);
  const isSuffix = /^\*\*[^*?[\]\\]+$/u.test(text) && !text.startsWith('**/');
  const tokens: Token[] = [];
  for (let i = 0; i < characters.length; i += 1) {
    const character = characters[i] ?? '';
    if (character === '*' && characters[i + 1] === '*') {
      i += characters[i + 2] === '/' ? 2 : 1;
      tokens.push({ kind: i + 1 >= characters.length || isSuffix ? 'all' : 'folders' });
    } else if (character === '*') tokens.push({ kind: 'some' });
    else if (character === '?') tokens.push({ kind: 'one' });
    else if (character === '\\') {
      i += 1;
      const escaped = characters[i];
      if (escaped === undefined) return undefined;
      tokens.push({ kind: 'character', character: escaped });
    } else if (character === '[') {
      const end = readClass(characters, i, tokens);
      if (end === undefined) return undefined;
      i = end;
    } else tokens.push({ kind: 'character', character });
  }
  return tokens;
}

/** `[a-z_]` and `[^a-z]` from `start`; the index of its `]`. */
function readClass(characters: readonly string[], start: number, tokens: Token[]): number | undefined {
  const isNegated = characters[start + 1] === '^';
  const ranges: [string, string][] = [];
  for (let i = start + (isNegated ? 2 : 1); i < characters.length; i += 1) {
    if (characters[i] === ']') {
      if (ranges.length === 0) return undefined;
      tokens.push({ kind: 'class', isNegated, ranges });
      return i;
    }
    if (characters[i] === '\\') i += 1;
    const from = characters[i];
    if (from === undefined) return undefined;
    if (characters[i + 1] === '-') {
      i += characters[i + 2] === '\\' ? 3 : 2;
      const to = characters[i];
      if (to === undefined || to < from || characters[i] === ']') return undefined;
      ranges.push([from, to]);
    } else ranges.push([from, from]);
  }
  return undefined;
}

function follow(tokens: readonly Token[], path: string): { matches: boolean; steps: number } {
  let steps = 0;
  let here = new Places(tokens);
  let next = new Places(tokens);
  here.enter(0);
  for (const character of path) {
    // A folder that the path is in.
    if (character === '/' && here.isAtEnd && steps > 0) return { matches: true, steps };
    for (const place of here.list) {
      const token = tokens[place];
      if (token === undefined) continue;
      // Once in a folder's name, it goes on to its slash.
      if (token.kind === 'folders') next.add(place);
      if (token.kind === 'all' || (token.kind === 'some' && character !== '/')) next.enter(place);
      if (token.kind === 'folders' && character === '/') next.enter(place + 1);
      if (takes(token, character)) next.enter(place + 1);
    }
    steps += here.list.length + 1;
    [here, next] = [next, here];
    next.clear();
    if (here.list.length === 0) return { matches: false, steps };
  }
  return { matches: here.isAtEnd, steps };
}

/** Whether a token takes this character and is over then. */
function takes(token: Token, character: string): boolean {
  if (token.kind === 'character') return token.character === character;
  if (token.kind === 'one') return character !== '/';
  if (token.kind !== 'class') return false;
  return token.ranges.some(([from, to]) => character >= from && character <= to) !== token.isNegated;
}

/** Where in the pattern one may be after the characters so far. */
class Places {
  readonly list: number[] = [];
  readonly #isIn: Uint8Array;
  readonly #entered: Uint8Array;
  readonly #tokens: readonly Token[];

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
    this.#isIn = new Uint8Array(tokens.length + 1);
    this.#entered = new Uint8Array(tokens.length + 1);
  }

  /** Whether what is left of the pattern may be nothing: it comes to its end, or is `**` there. */
  get isAtEnd(): boolean {
    return this.#isIn[this.#tokens.length] === 1;
  }

  add(place: number): void {
    if (this.#isIn[place] === 1) return;
    this.#isIn[place] = 1;
    this.list.push(place);
  }

  /** Comes to a token anew: one that may be nothing is passed as well. */
  enter(place: number): void {
    for (let at = place; this.#entered[at] !== 1; at += 1) {
      this.#entered[at] = 1;
      this.add(at);
      const kind = this.#tokens[at]?.kind;
      if (kind !== 'some' && kind !== 'folders' && kind !== 'all') return;
    }
  }

  clear(): void {
    for (const place of this.list) {
      this.#isIn[place] = 0;
      this.#entered[place] = 0;
    }
    this.list.length = 0;
  }
}
