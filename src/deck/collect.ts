import type { Block } from './ast.ts';
import type { Compilation } from './compilation.ts';
import type { Deck } from './deck.ts';

type Uses = Pick<Deck, 'slides' | 'demos' | 'files'>;

export function collectUses(_cx: Compilation, _blocks: Block[], _sections: Block[]): Uses {
  return { slides: [], demos: [], files: [] };
}
