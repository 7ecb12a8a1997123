import type { Div } from '../../ast.ts';
import type { Compilation } from '../../compilation.ts';
import { renderAttr } from '../../html/html-attributes.ts';

/** What only the speaker sees. A pause in it is no step. */
export function renderNotes(cx: Compilation, token: Div): string {
  const outer = cx.render.inNotes;
  const { incremental } = cx.render;
  cx.render.inNotes = true;
  cx.render.incremental = false;
  const inner = cx.renderBlocks(token.tokens);
  cx.render.inNotes = outer;
  cx.render.incremental = incremental;
  return `<aside${renderAttr(token.attr)}>\n${inner}</aside>\n`;
}
