import type { Attr, Div } from '../../ast.ts';
import { attrValue } from '../../ast.ts';
import type { Compilation } from '../../compilation.ts';
import { renderAttr } from '../../html/html-attributes.ts';
import { renderBody } from './body.ts';

/** No white space between columns: they stand side by side as inline blocks (rule 18). */
export function renderColumns(cx: Compilation, token: Div): string {
  const inner = renderBody(cx, token.tokens, (step) =>
    step.map((block) => cx.renderBlocks([block]).trim()).join(''),
  );
  return `<div${renderAttr(token.attr)}>\n${inner}\n</div>\n`;
}

export function renderColumn(cx: Compilation, token: Div): string {
  return `<div${renderAttr(columnAttr(token.attr))}>\n${cx.renderBlocks(token.tokens)}</div>\n`;
}

function columnAttr(attr: Attr): Attr {
  const width = attrValue(attr, 'width');
  if (width === undefined) return attr;
  const pairs = attr.pairs.filter(([key]) => key !== 'width');
  // A style of its own wins over the width.
  if (attrValue(attr, 'style') !== undefined) return { ...attr, pairs };
  return { ...attr, pairs: [['style', `width:${width};`], ...pairs] };
}
