import type { AnyToken, Block } from '../ast.ts';
import type { Compilation } from '../compilation.ts';
import { lintCodeFiles } from './code-files.ts';
import { lintDemos } from './demos.ts';
import { collectIds, lintIds } from './ids.ts';
import { lintLinks } from './links.ts';
import { lintNoEffect } from './no-effect.ts';
import { lintNotes } from './notes.ts';
import { lintRunBlocks } from './run-blocks.ts';
import { lintPictures } from './pictures.ts';
import { lintSlides } from './slides.ts';
import { lintSwallowed } from './swallowed.ts';
import { lintTimes } from './times.ts';

/** Everything that can be said about a deck without leaving it: files and sizes are for those who can see them. */
export function lintDeck(cx: Compilation, sections: Block[], tokens: readonly AnyToken[]): void {
  const notes = [...cx.facts.notes.values()].flatMap((note) => note.blocks);
  const ids = collectIds(cx, [...sections, ...notes]);
  lintSwallowed(cx, tokens);
  lintIds(cx, ids);
  lintLinks(cx, tokens, ids);
  lintPictures(cx, tokens);
  lintSlides(cx, sections, tokens);
  lintDemos(cx, tokens);
  lintNoEffect(cx, tokens);
  lintNotes(cx, tokens);
  lintTimes(cx, tokens);
  lintCodeFiles(cx, tokens);
  lintRunBlocks(cx, tokens);
}
