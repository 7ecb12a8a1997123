import type { Block, Inline } from './ast.ts';
import { isBlock, isInline } from './ast.ts';
import type { ParseState, Reading } from './compilation.ts';
import { report } from './diagnose.ts';
import { messages } from './messages/messages.ts';
import { countNewlines } from './text/source.ts';
import { countSpaces } from './text/text.ts';
import { Unclosed } from './text/unclosed.ts';

/**
 * The loops that read blocks and inlines with marked's list of tokenizers. marked's own loops always run to the end of
 * their text; pandoc's containers end where a closing mark stands, so these stop where they are told.
 */

/** Deeper than any deck, shallow enough for the stack. */
const MAX_DEPTH = 64;
const MAX_INLINE_DEPTH = 64;
/** Inlines tried for each character of a run before nesting is given up: keeps hostile input linear. */
const FUEL_PER_CHARACTER = 40;

export interface Run<T> {
  tokens: T[];
  /** Characters consumed. */
  length: number;
  /** Whether the end that was asked for was found (and not the end of the text). */
  ended: boolean;
}

export function nextBlock(cx: Reading, src: string, before: Block[]): Block | undefined {
  for (const tokenizer of cx.lexer.options.extensions?.block ?? []) {
    const token = tokenizer.call({ lexer: cx.lexer }, src, before);
    if (token !== undefined && token.raw.length > 0 && isBlock(token)) return token;
  }
  return undefined;
}

/**
 * Blocks from the start of `src` until `isEnd` says so or the text ends. Up to `indent` spaces before each block don't
 * count.
 */
export function readBlocksUntil(
  cx: Reading,
  src: string,
  isEnd: (rest: string) => boolean,
  indent = 0,
): Run<Block> {
  const tokens: Block[] = [];
  let rest = src;
  // The same text goes on: what is known of it stays known.
  return nested(cx, { unclosed: cx.state.unclosed }, () => {
    while (rest !== '') {
      const inner = rest.slice(Math.min(countSpaces(rest), indent));
      if (isEnd(inner)) return { tokens, length: src.length - inner.length, ended: true };
      const token = nextBlock(cx, inner, tokens);
      if (token === undefined) break;
      tokens.push(...shown(token));
      rest = inner.slice(token.raw.length);
    }
    return { tokens, length: src.length - rest.length, ended: false };
  });
}

/** Whether one more container would be too much for the stack; says so, once. */
export function isTooDeep(cx: Reading): boolean {
  if (cx.state.depth < MAX_DEPTH) return false;
  if (!cx.diagnostics.some((diagnostic) => diagnostic.code === 'too-deep')) {
    report(cx, messages.tooDeep({ line: cx.state.line, column: 1 }));
  }
  return true;
}

/** All blocks of a text that a container took out of its lines; `line` is where its first line stands. */
export function readBlocks(
  cx: Reading,
  text: string,
  line: number,
  state: Partial<ParseState> = {},
): Block[] {
  if (isTooDeep(cx)) {
    return [{ type: 'plain', raw: text, line, tokens: [{ type: 'str', raw: text, text: text.trim() }] }];
  }
  return nested(cx, { ...state, line }, () => {
    return cx.lexer.blockTokens(text, []).filter(isBlock).flatMap(shown);
  });
}

/** Blocks that one tag opened stand beside each other; what shows nothing goes. */
function shown(token: Block): Block[] {
  if (token.type === 'blocks') return token.tokens;
  return token.type === 'nothing' ? [] : [token];
}

function nested<T>(cx: Reading, change: Partial<ParseState>, read: () => T): T {
  const saved = cx.state;
  cx.state = { ...saved, unclosed: new Unclosed(), ...change, depth: saved.depth + 1 };
  try {
    return read();
  } finally {
    const { line } = cx.state;
    cx.state = saved;
    // Blocks read in place moved the line on; the tokenizer around them sets it anew.
    if (change.line === undefined) cx.state.line = line;
  }
}

export function nextInline(cx: Reading, src: string): Inline | undefined {
  if (--cx.state.fuel < 0 || cx.state.inlineDepth > MAX_INLINE_DEPTH) return literal(src);
  for (const tokenizer of cx.lexer.options.extensions?.inline ?? []) {
    const token = tokenizer.call({ lexer: cx.lexer }, src, []);
    if (token !== undefined && isInline(token)) return token;
  }
  return undefined;
}

/** Where reading has been given up, the rest of the line is text. */
function literal(src: string): Inline {
  const end = src.indexOf('\n', 1);
  const raw = end === -1 ? src : src.slice(0, end);
  return { type: 'str', raw, text: raw };
}

/** Inlines from the start of `src` until `isEnd` says so, or until nothing can be read. */
export function readInlinesUntil(cx: Reading, src: string, isEnd: (rest: string) => boolean): Run<Inline> {
  const tokens: Inline[] = [];
  let rest = src;
  let ended = false;
  cx.state.inlineDepth++;
  while (rest !== '') {
    ended = isEnd(rest);
    if (ended) break;
    const token = nextInline(cx, rest);
    if (token === undefined) break;
    pushMerged(tokens, token);
    rest = rest.slice(token.raw.length);
  }
  cx.state.inlineDepth--;
  return { tokens, length: src.length - rest.length, ended };
}

/** Marks of one kind with nothing between them are one, as pandoc joins them: `~~a~~~~b~~`. */
function pushMerged(tokens: Inline[], token: Inline): void {
  const last = tokens.at(-1);
  if (last === undefined || !isMark(last) || !isMark(token) || last.type !== token.type) {
    tokens.push(token);
    return;
  }
  const inner = [...last.tokens];
  for (const next of token.tokens) pushMerged(inner, next);
  tokens[tokens.length - 1] = { ...last, raw: last.raw + token.raw, tokens: inner };
}

/** A group is what a run of `*` and `_` was read as. */
const MARKS = ['group', 'emphasis', 'strong', 'strikeout', 'subscript', 'superscript'] as const;
type Mark = Extract<Inline, { type: (typeof MARKS)[number] }>;

function isMark(token: Inline): token is Mark {
  return MARKS.some((type) => type === token.type);
}

/** Starts a run of inlines of its own: what is before its text does not count. */
export function withInlineRun<T>(cx: Reading, text: string, state: Partial<ParseState>, read: () => T): T {
  const saved = cx.state;
  const budget = Math.min(saved.fuel, text.length * FUEL_PER_CHARACTER + 100);
  const fuel = saved.fuel === Infinity ? text.length * FUEL_PER_CHARACTER + 100 : budget;
  cx.state = {
    ...saved,
    wordEnd: -1,
    runSource: '',
    ...state,
    fuel,
    runText: text,
    unclosed: new Unclosed(),
  };
  try {
    return read();
  } finally {
    const spent = fuel - cx.state.fuel;
    cx.state = saved;
    if (saved.fuel !== Infinity) cx.state.fuel -= spent;
  }
}

/** All inlines of a text that a construct took out of its brackets; nothing if the text ends a paragraph inside. */
export function readInlines(
  cx: Reading,
  text: string,
  state: Partial<ParseState> = {},
): Inline[] | undefined {
  const { runText, runLine } = cx.state;
  const offset = runText.lastIndexOf(text);
  // Brackets and the like hold a part of the run around them: their lines count on from there.
  const line = offset > 0 ? runLine + countNewlines(runText.slice(0, offset)) : runLine;
  return withInlineRun(cx, text, { ...state, runLine: line }, () => {
    const run = readInlinesUntil(cx, text, () => false);
    return run.length === text.length ? run.tokens : undefined;
  });
}
