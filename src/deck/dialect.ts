import { Marked } from 'marked';

import type { Compilation } from './compilation.ts';
import type { Construct } from './construct.ts';
import { renderSection } from './html/section-html.ts';
import { citation, renderCite, renderExampleReference } from './syntax/inline/citation.ts';
import { codeSpan, renderCodeSpan } from './syntax/inline/code-span.ts';
import { renderCode } from './syntax/block/code.ts';
import { definitionList, renderDefinitionList } from './syntax/list/definition-list.ts';
import { renderDiv } from './syntax/block/div.ts';
import { emphasis, renderEmphasis, renderStrong } from './syntax/inline/emphasis.ts';
import { entity } from './syntax/inline/entity.ts';
import { escape } from './syntax/inline/escape.ts';
import { fencedCode } from './syntax/block/fenced-code.ts';
import { fencedDiv } from './syntax/block/fenced-div.ts';
import { renderFigure } from './syntax/block/figure.ts';
import {
  inlineNote,
  noteDefinition,
  noteReference,
  renderNote,
  renderNoteReference,
} from './syntax/inline/footnote.ts';
import { atxHeading, renderHeading, setextHeading } from './syntax/block/heading.ts';
import { htmlBlock, htmlDiv, renderBlocks, renderRawBlock } from './syntax/block/html-block.ts';
import { image, renderImage } from './syntax/inline/image.ts';
import { indentedCode } from './syntax/block/indented-code.ts';
import { lineBlock, renderLineBlock } from './syntax/block/line-block.ts';
import { autolink, link, renderLink } from './syntax/inline/link.ts';
import { bulletList, orderedList, renderBulletList, renderOrderedList } from './syntax/list/list.ts';
import { renderMath } from './syntax/math/math-set.ts';
import { math } from './syntax/math/math.ts';
import { yamlBlock } from './syntax/block/metadata.ts';
import * as paragraphs from './syntax/block/paragraph.ts';
import { quote, renderQuote } from './syntax/block/quote.ts';
import { rawInline, renderRawInline } from './syntax/inline/raw-inline.ts';
import { rawTexBlock, rawTexInline } from './syntax/math/raw-tex.ts';
import { referenceDefinition, renderReference } from './syntax/inline/reference.ts';
import { renderRule, rule } from './syntax/block/rule.ts';
import {
  renderStrikeout,
  renderSubscript,
  renderSuperscript,
  script,
  strikeout,
} from './syntax/inline/script.ts';
import { renderQuoted, smart } from './syntax/inline/smart.ts';
import { bracketedSpan, htmlSpan, renderSpan } from './syntax/inline/span.ts';
import { renderTable, table } from './syntax/table/table.ts';
import { lineEnd, space, symbol, word } from './syntax/inline/text.ts';

/**
 * The dialect: every construct in the order in which it is tried, as pandoc's reader tries them. The last of each list
 * takes anything, so marked's own tokenizers, which are CommonMark's, are never asked.
 */
const BLOCKS: readonly Construct[] = [
  paragraphs.blankLines,
  fencedCode,
  yamlBlock,
  bulletList,
  htmlDiv,
  fencedDiv,
  setextHeading,
  atxHeading,
  htmlBlock,
  table,
  indentedCode,
  rawTexBlock,
  lineBlock,
  quote,
  rule,
  orderedList,
  definitionList,
  noteDefinition,
  referenceDefinition,
  paragraphs.paragraph,
];

const INLINES: readonly Construct[] = [
  word,
  space,
  lineEnd,
  codeSpan,
  emphasis,
  inlineNote,
  noteReference,
  citation,
  bracketedSpan,
  link,
  image,
  math,
  strikeout,
  script,
  autolink,
  htmlSpan,
  rawInline,
  escape,
  rawTexInline,
  entity,
  smart,
  symbol,
];

const RENDERERS: readonly Construct[] = [
  renderSection,
  renderDiv,
  renderHeading,
  renderCode,
  renderQuote,
  renderBulletList,
  renderOrderedList,
  renderDefinitionList,
  renderRawBlock,
  renderBlocks,
  renderLineBlock,
  renderFigure,
  renderTable,
  renderRule,
  paragraphs.renderParagraph,
  paragraphs.renderPlain,
  paragraphs.renderNothing,
  paragraphs.renderStr,
  paragraphs.renderSpace,
  paragraphs.renderSoftBreak,
  paragraphs.renderLineBreak,
  paragraphs.renderGroup,
  renderEmphasis,
  renderStrong,
  renderStrikeout,
  renderSuperscript,
  renderSubscript,
  renderQuoted,
  renderCodeSpan,
  renderMath,
  renderRawInline,
  renderLink,
  renderImage,
  renderSpan,
  renderCite,
  renderExampleReference,
  renderReference,
  renderNote,
  renderNoteReference,
];

/** marked with our tokenizers and renderers and none of its own behaviour. `use` puts later ones first. */
export function createDialect(cx: Compilation): Marked {
  const constructs = [...BLOCKS].toReversed().concat([...INLINES].toReversed(), RENDERERS);
  return new Marked({ gfm: false, extensions: constructs.map((construct) => construct(cx)) });
}
