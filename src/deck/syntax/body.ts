import type { Attr, Block } from '../ast.ts';
import type { Compilation } from '../compilation.ts';
import { renderAttr } from '../html-attributes.ts';
import { splitAtPauses } from './pause.ts';

/** The blocks of a container that may hold pauses: what follows one is a step. */
export function renderBody(cx: Compilation, blocks: Block[]): string {
  const [first = [], ...steps] = splitAtPauses(blocks);
  return cx.renderBlocks(first) + steps.map((step) => renderStep(cx, step)).join('');
}

export function renderStep(cx: Compilation, blocks: Block[]): string {
  return blocks.length === 0 ? '' : `<div class="fragment">\n${cx.renderBlocks(blocks)}</div>\n`;
}

export function element(name: string, attr: Attr, inner: string): string {
  return `<${name}${renderAttr(attr)}>\n${inner}</${name}>\n`;
}
