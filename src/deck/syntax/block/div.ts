import type { Attr, Div } from '../../ast.ts';
import type { Compilation } from '../../compilation.ts';
import { defineRenderer } from '../../construct.ts';
import { element } from './body.ts';
import { renderCast } from './cast.ts';
import { renderColumn, renderColumns } from './columns.ts';
import { renderDemo } from './demo.ts';
import { withIncremental } from '../list/incremental.ts';
import { renderNotes } from './notes.ts';

/** What a div becomes, by its first telling class. */
export const renderDiv = defineRenderer('div', (cx, token: Div) => {
  const { classes } = token.attr;
  if (classes.includes('notes')) return renderNotes(cx, token);
  if (classes.includes('demo')) return renderDemo(cx, token);
  if (classes.includes('cast')) return renderCast(cx, token);
  if (classes.includes('columns')) return renderColumns(cx, token);
  if (classes.includes('column')) return renderColumn(cx, token);
  if (classes.includes('incremental') || classes.includes('nonincremental')) return renderStepping(cx, token);
  if (classes[0] === 'section')
    return element('section', dropClass(token.attr, 'section'), cx.renderBlocks(token.tokens));
  if (token.attr.id === 'refs') return element('div', withRole(token.attr), cx.renderBlocks(token.tokens));
  return element('div', token.attr, cx.renderBlocks(token.tokens));
});

/** Where a bibliography would stand. */
function withRole(attr: Attr): Attr {
  return { ...attr, pairs: [...attr.pairs, ['role', 'list']] };
}

function renderStepping(cx: Compilation, token: Div): string {
  const incremental = token.attr.classes.includes('incremental');
  const attr = dropClass(token.attr, incremental ? 'incremental' : 'nonincremental');
  const inner = withIncremental(cx, incremental, () => cx.renderBlocks(token.tokens));
  const isBare = attr.id === '' && attr.classes.length === 0 && attr.pairs.length === 0;
  return isBare ? inner : element('div', attr, inner);
}

function dropClass(attr: Attr, name: string): Attr {
  return { ...attr, classes: attr.classes.filter((other) => other !== name) };
}
