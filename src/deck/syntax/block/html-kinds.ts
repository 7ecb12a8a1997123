import type { HtmlTag } from '../../html/html-tag.ts';

/** Which HTML tags are blocks for pandoc's reader, which are inline, and which are what they stand beside. */

const BLOCK = new Set(
  (
    'address article aside blockquote body canvas caption center col colgroup dd details dir div dl dt fieldset ' +
    'figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html isindex li main menu meta ' +
    'nav noframes ol output p pre script section summary table tbody td textarea tfoot th thead title tr ul'
  ).split(' '),
);
const EITHER = new Set(
  'area audio button del embed iframe ins map noscript object progress source style svg track video'.split(
    ' ',
  ),
);
const VERBATIM = new Set(['pre', 'script', 'style', 'textarea']);

/** At a block's start. */
export function isBlockTag(tag: HtmlTag): boolean {
  return tag.kind === 'comment' || tag.kind === 'other' || BLOCK.has(tag.name) || EITHER.has(tag.name);
}

/** Inside a paragraph: a tag that is only a block ends it. */
export function isInlineTag(tag: HtmlTag): boolean {
  return tag.kind === 'comment' || !BLOCK.has(tag.name);
}

/** Nothing inside is Markdown. */
export function isVerbatimTag(tag: HtmlTag): boolean {
  return tag.kind === 'open' && VERBATIM.has(tag.name);
}
