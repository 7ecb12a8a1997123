import type { AnyToken } from '../ast.ts';
import type { Compilation } from '../compilation.ts';
import { report } from '../diagnose.ts';
import type { HtmlTag } from '../html/html-tag.ts';
import { parseTag } from '../html/html-tag.ts';
import { holdsOnlyStyles } from '../look.ts';
import { locate } from '../text/source.ts';
import { TexMacros } from '../syntax/math/tex-macros.ts';
import { lintMessages } from './messages.ts';

/** Variables of pandoc's template for reveal.js that change nothing here. */
export const WITHOUT_EFFECT: readonly string[] = (
  'header-includes include-before include-after revealjs-url keywords pagetitle title-prefix width height ' +
  'margin minScale maxScale disableLayout showSlideNumber hash hashOneBasedIndex history keyboard overview ' +
  'touch loop navigationMode shuffle fragments fragmentInURL embedded help pause showNotes autoPlayMedia ' +
  'preloadIframes autoSlide autoSlideStoppable defaultTiming mouseWheel display previewLinks view ' +
  'parallaxBackgroundImage parallaxBackgroundSize parallaxBackgroundHorizontal parallaxBackgroundVertical ' +
  'background-image highlightjs-theme'
).split(' ');

/** What a page of pandoc would do, and Deckhand does not: variables, scripts, and media that play by themselves. */
export function lintNoEffect(cx: Compilation, tokens: readonly AnyToken[]): void {
  for (const name of WITHOUT_EFFECT) {
    if (!Object.hasOwn(cx.facts.meta, name) || hasEffect(name, cx.facts.meta[name])) continue;
    const line = lineOfKey(cx, name);
    report(cx, lintMessages.variableWithoutEffect({ line, column: 1, length: name.length }, name));
  }
  if (cx.facts.meta['incremental'] === true)
    report(cx, lintMessages.incrementalInYaml({ line: lineOfKey(cx, 'incremental'), column: 1, length: 11 }));
  for (const token of tokens) {
    if (token.type === 'rawBlock' || token.type === 'rawInline') lintTags(cx, token.html, token.line);
  }
}

function hasEffect(name: string, value: unknown): boolean {
  return holdsOnlyMacros(value) || (name === 'header-includes' && holdsOnlyStyles(value));
}

/** Definitions for formulas do have an effect, wherever they are. */
function holdsOnlyMacros(value: unknown): boolean {
  return [value]
    .flat()
    .every((text) => typeof text === 'string' && text !== '' && new TexMacros().learn(text).trim() === '');
}

function lineOfKey(cx: Compilation, name: string): number {
  const before = cx.source.text.startsWith(`${name}:`) ? 0 : cx.source.text.indexOf(`\n${name}:`) + 1;
  return cx.source.text.slice(0, before).split('\n').length;
}

function lintTags(cx: Compilation, html: string, line: number): void {
  for (let at = html.indexOf('<'); at !== -1; at = html.indexOf('<', at + 1)) {
    const tag = parseTag(html, at);
    if (tag?.kind !== 'open') continue;
    lintTag(cx, tag, line);
    // Nothing in a script is a tag.
    if (tag.name === 'script' || tag.name === 'style') return;
    at += tag.raw.length - 1;
  }
}

function lintTag(cx: Compilation, tag: HtmlTag, line: number): void {
  const place = { ...locate(cx.source, tag.raw, line, 20), length: tag.name.length + 1 };
  if (tag.name === 'script') report(cx, lintMessages.scriptDoesNotRun(place));
  if (tag.name === 'object' || tag.name === 'embed') report(cx, lintMessages.notEmbedded(place, tag.name));
  for (const [name] of tag.attributes) {
    if (/^on[a-z]+$/.test(name)) report(cx, lintMessages.handlerDoesNotRun(place, name));
    if (name === 'autoplay' && (tag.name === 'video' || tag.name === 'audio'))
      report(cx, lintMessages.playsAtOnce(place));
  }
}
