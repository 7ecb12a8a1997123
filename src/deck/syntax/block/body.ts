import type { Attr, Block } from '../../ast.ts';
import type { Compilation } from '../../compilation.ts';
import { renderAttr } from '../../html/html-attributes.ts';
import { isPause, splitAtPauses } from './pause.ts';

/**
 * The blocks of any container: what follows a pause, up to the next one, is a step (rule 15). In notes a pause is no step.
 * `render` says how the blocks of one step stand beside each other.
 */
export function renderBody(
  cx: Compilation,
  blocks: Block[],
  render = (step: Block[]) => cx.parser.parse(step),
): string {
  if (!blocks.some(isPause)) return render(blocks);
  const [first = [], ...steps] = splitAtPauses(blocks);
  if (cx.render.inNotes) return render([first, ...steps].flat());
  return render(first) + steps.map((step) => renderStep(render(step))).join('');
}

/** A step without anything in it is none. */
export function renderStep(html: string): string {
  return html === '' ? '' : `<div class="fragment">\n${html}</div>\n`;
}

export function element(name: string, attr: Attr, inner: string): string {
  return `<${name}${renderAttr(attr)}>\n${inner}</${name}>\n`;
}
