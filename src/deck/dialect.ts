import { Marked } from 'marked';

import type { Compilation } from './compilation.ts';
import type { Construct } from './construct.ts';
import { renderSection } from './section-html.ts';
import { citation, renderCite, renderExampleReference } from './syntax/citation.ts';
import { codeSpan, renderCodeSpan } from './syntax/code-span.ts';
import { renderCode } from './syntax/code.ts';
import { definitionList, renderDefinitionList } from './syntax/definition-list.ts';
import { renderDiv } from './syntax/div.ts';
import { emphasis, renderEmphasis, renderStrong } from './syntax/emphasis.ts';
import { entity } from './syntax/entity.ts';
import { escape } from './syntax/escape.ts';
import { fencedCode } from './syntax/fenced-code.ts';
import { fencedDiv } from './syntax/fenced-div.ts';
import { renderFigure } from './syntax/figure.ts';
import {
  inlineNote,
  noteDefinition,
  noteReference,
  renderNote,
  renderNoteReference,
} from './syntax/footnote.ts';
import { atxHeading, renderHeading, setextHeading } from './syntax/heading.ts';
import { htmlBlock, htmlDiv, renderBlocks, renderRawBlock } from './syntax/html-block.ts';
import { image, renderImage } from './syntax/image.ts';
import { indentedCode } from './syntax/indented-code.ts';
import { lineBlock, renderLineBlock } from './syntax/line-block.ts';
import { autolink, link, renderLink } from './syntax/link.ts';
import { bulletList, orderedList, renderBulletList, renderOrderedList } from './syntax/list.ts';
import { renderMath } from './syntax/math-set.ts';
import { math } from './syntax/math.ts';
import { yamlBlock } from './syntax/metadata.ts';
import * as paragraphs from './syntax/paragraph.ts';
import { quote, renderQuote } from './syntax/quote.ts';
import { rawInline, renderRawInline } from './syntax/raw-inline.ts';
import { rawTexBlock, rawTexInline } from './syntax/raw-tex.ts';
import { referenceDefinition, renderReference } from './syntax/reference.ts';
import { renderRule, rule } from './syntax/rule.ts';
import { renderStrikeout, renderSubscript, renderSuperscript, script, strikeout } from './syntax/script.ts';
import { renderQuoted, smart } from './syntax/smart.ts';
import { bracketedSpan, htmlSpan, renderSpan } from './syntax/span.ts';
import { renderTable, table } from './syntax/table.ts';
import { lineEnd, space, symbol, word } from './syntax/text.ts';

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
