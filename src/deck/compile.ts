import { analyze } from './analyze.ts';
import { numberSections, withContents } from './contents.ts';
import { collectUses } from './collect.ts';
import type { CompileOptions, Deck, Diagnostic } from './deck.ts';
import { readLook } from './look.ts';
import { lintDeck } from './lint/lint.ts';
import { messages } from './messages/messages.ts';
import { checkSource, normalize } from './prepare.ts';
import { renderDeck } from './render.ts';
import { findSlideLevel, readDeck } from './read.ts';
import { arrangeSlides } from './slides.ts';
import { startCompilation } from './start.ts';
import { parseTalkTime } from './talk-time.ts';
import { leaveOutHidden } from './visibility.ts';
import { everyToken } from './walk.ts';

/**
 * Compiles a talk in pandoc's Markdown to reveal.js sections.
 *
 * Pure: the same text gives the same deck. It never throws on what an author can write; everything wrong is a
 * diagnostic with its place.
 */
export function compileDeck(source: string, options: CompileOptions = {}): Deck {
  const text = normalize(source);
  const cx = startCompilation(text, options);
  const refused = checkSource(text);

  // 1. Read: text to blocks.
  const { blocks, percentTitle } =
    refused === undefined ? readDeck(cx, text) : { blocks: [], percentTitle: {} };
  // 2. Analyze: what the deck says about itself.
  cx.facts.percentTitle = percentTitle;
  const shown = analyze(cx.facts, blocks);
  const { slideLevel } = Object.assign(cx.facts, { slideLevel: findSlideLevel(cx) });
  // 3. Arrange: blocks to slides.
  const arranged = numberSections(cx.facts, arrangeSlides(shown, slideLevel));
  const written = withContents(cx.facts, arranged);
  const sections = options.withoutHidden === true ? leaveOutHidden(written, slideLevel) : written;
  // 4. Render: slides to HTML.
  const { hasTitleSlide, ...output } = renderDeck(cx, sections);
  // 5. Collect what the deck uses.
  const uses = collectUses(cx, sections, everyToken(cx, sections), hasTitleSlide, output.title);
  // 6. Say what is wrong with it, hidden slides included.
  lintDeck(cx, written, everyToken(cx, written));

  const look = readLook(cx);

  const diagnostics = refused === undefined ? cx.diagnostics : [refused];
  if (refused === undefined && output.stacks.length === 0) diagnostics.push(messages.emptyDeck());
  const durationMs = parseTalkTime(cx.facts.meta['duration']);
  return {
    ...output,
    ...uses,
    ...(durationMs === undefined ? {} : { durationMs }),
    look,
    meta: cx.facts.meta,
    hasMath: cx.render.hasMath,
    diagnostics: inOrder(diagnostics),
  };
}

function inOrder(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return diagnostics.toSorted((a, b) => a.line - b.line || a.column - b.column);
}

/** The deck as it is shown: what reveal.js takes out is not in it, so that everybody counts its slides alike. */
export function compileTalk(source: string, options: CompileOptions = {}): Deck {
  return compileDeck(source, { ...options, withoutHidden: true });
}
