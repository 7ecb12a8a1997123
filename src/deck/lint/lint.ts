import type { Block } from '../ast.ts';
import type { Compilation } from '../compilation.ts';
import { lintDemos } from './demos.ts';
import { lintIds } from './ids.ts';
import { lintLinks } from './links.ts';
import { lintPictures } from './pictures.ts';
import { lintSlides } from './slides.ts';
import { lintSwallowed } from './swallowed.ts';

/** Everything that can be said about a deck without leaving it: files and sizes are for those who can see them. */
export function lintDeck(cx: Compilation, sections: Block[]): void {
  const notes = [...cx.notes.values()].flatMap((note) => note.blocks);
  const all = [...sections, ...notes];
  lintSwallowed(cx, all);
  lintIds(cx, all);
  lintLinks(cx, all);
  lintPictures(cx, all);
  lintSlides(cx, sections);
  lintDemos(cx, all);
}
