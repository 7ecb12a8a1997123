import type { RendererExtension, TokenizerExtension } from 'marked';

import type { AnyToken, Block, Inline } from './ast.ts';
import type { Compilation, Reading } from './compilation.ts';
import { countNewlines } from './text/source.ts';

/** One piece of the dialect as a marked extension, bound to the compilation it works for. */
export type Construct = (cx: Compilation) => TokenizerExtension | RendererExtension;

/** A block tokenizer: reads at the start of `src`, and answers a token whose `raw` it consumed, or nothing. */
export function defineBlock(
  name: string,
  tokenize: (cx: Reading, src: string) => Block | undefined,
): Construct {
  return (cx) => ({
    name,
    level: 'block',
    tokenizer(src) {
      // Nested blocks move the line on while they are read: start from here again, whatever became of them.
      const line = cx.state.line;
      const token = tokenize(cx, src);
      cx.state.line = token === undefined ? line : line + countNewlines(token.raw);
      return token;
    },
  });
}

/** An inline tokenizer, by the same contract. */
export function defineInline(
  name: string,
  tokenize: (cx: Reading, src: string) => Inline | undefined,
): Construct {
  return (cx) => ({ name, level: 'inline', tokenizer: (src) => tokenize(cx, src) });
}

type TokenOf<T> = AnyToken extends infer Token
  ? Token extends { type: infer K }
    ? T extends K
      ? Token
      : never
    : never
  : never;

/** How a kind of token becomes HTML. */
export function defineRenderer<T extends AnyToken['type']>(
  type: T,
  render: (cx: Compilation, token: TokenOf<T>) => string,
): Construct {
  const isOurs = (token: { type: string }): token is TokenOf<T> => token.type === type;
  // marked asks a renderer only for the kind that it is named after.
  return (cx) => ({ name: type, renderer: (token) => isOurs(token) && render(cx, token) });
}
