import type { Attr, Block, Div } from '../ast.ts';
import type { Compilation } from '../compilation.ts';
import { defineRenderer } from '../construct.ts';
import { renderAttr } from '../html-attributes.ts';
import { renderColumn, renderColumns } from './columns.ts';
import { renderDemo } from './demo.ts';
import { withIncremental } from './incremental.ts';
import { renderNotes } from './notes.ts';
import { splitAtPauses } from './pause.ts';

/** What a div becomes, by its first telling class. */
export const renderDiv = defineRenderer('div', (cx, token: Div) => {
  const { classes } = token.attr;
  if (classes.includes('notes')) return renderNotes(cx, token);
  if (classes.includes('demo')) return renderDemo(cx, token);
  if (classes.includes('columns')) return renderColumns(cx, token);
  if (classes.includes('column')) return renderColumn(cx, token);
  if (classes.includes('incremental') || classes.includes('nonincremental')) return renderStepping(cx, token);
  if (classes[0] === 'section')
    return element('section', dropClass(token.attr, 'section'), body(cx, token.tokens));
  return element('div', token.attr, body(cx, token.tokens));
});

/** Pauses work in every container. */
export function body(cx: Compilation, blocks: Block[]): string {
  const [first = [], ...steps] = splitAtPauses(blocks);
  return (
    cx.renderBlocks(first) +
    steps.map((step) => `<div class="fragment">\n${cx.renderBlocks(step)}</div>\n`).join('')
  );
}

export function element(name: string, attr: Attr, inner: string): string {
  return `<${name}${renderAttr(attr)}>\n${inner}</${name}>\n`;
}

function renderStepping(cx: Compilation, token: Div): string {
  const incremental = token.attr.classes.includes('incremental');
  const attr = dropClass(token.attr, incremental ? 'incremental' : 'nonincremental');
  const inner = withIncremental(cx, incremental, () => body(cx, token.tokens));
  const isBare = attr.id === '' && attr.classes.length === 0 && attr.pairs.length === 0;
  return isBare ? inner : element('div', attr, inner);
}

export function dropClass(attr: Attr, name: string): Attr {
  return { ...attr, classes: attr.classes.filter((other) => other !== name) };
}
