import { Idiomorph } from 'idiomorph';
import type { RevealApi } from 'reveal.js';
import type { DeckPatch } from '../../stage/deck-patch.ts';
import { CAST_SETTINGS } from '../panel/session/session-key.ts';
import { numberFragments } from './fragment-steps.ts';
import { cleanNewHtml } from '../boot/taken-names.ts';
import { addLineSteps } from './line-steps.ts';
import { tameMedia, type Sound } from './media.ts';
import { withoutMark } from './refresh-files.ts';

/** What reveal.js writes onto slides and fragments while it runs; the new HTML doesn't know it. */
const RUNTIME_CLASSES = ['past', 'present', 'future', 'stack', 'visible', 'current-fragment'];
const RUNTIME_ATTRIBUTES = [
  'hidden',
  'aria-hidden',
  'inert',
  'data-fragment-index',
  'data-previous-indexv',
  'data-lazy-loaded',
];
const BACKGROUND = 'data-background';
const HELD = 'deckhand-held-panel-';

/** Whether a patch frames what the page doesn't: it may frame only what its deck named when it was loaded. */
export function bringsFrames(patch: DeckPatch): boolean {
  const known = framedIn(document.body);
  const fresh = document.createElement('template');
  fresh.innerHTML = patch.insert.join('');
  return [...framedIn(fresh.content)].some((address) => !known.has(address));
}

function framedIn(root: ParentNode): Set<string> {
  const address = (node: Element) =>
    ['data-background-iframe', 'data-src', 'src'].map((name) => node.getAttribute(name)).find(Boolean);
  const framing = [...root.querySelectorAll('iframe, [data-background-iframe]')];
  return new Set(framing.flatMap((node) => address(node) ?? []));
}

/** Puts a patch into the page: nodes that stay the same stay the same nodes. */
export function patchSlides(deck: RevealApi, patch: DeckPatch, sound: Sound): void {
  const slides = deck.getSlidesElement() ?? document.body;
  const current = deck.getCurrentSlide();
  const before = [...slides.children];
  const old = before.slice(patch.start, patch.start + patch.remove);
  const fresh = patch.insert.map((html) => parseStack(html, sound));
  const shape = shapeOf(slides);
  const touched = old.slice(0, fresh.length).flatMap((node, i) => morph(node, fresh[i] ?? node));
  const after = before[patch.start + patch.remove] ?? null;
  for (const node of fresh.slice(old.length)) slides.insertBefore(node, after);
  for (const node of old.slice(fresh.length)) node.remove();
  if (shapeOf(slides) === shape) syncSlides(deck, touched);
  else syncDeck(deck, current);
}

function parseStack(html: string, sound: Sound): Element {
  const template = document.createElement('template');
  template.innerHTML = html;
  cleanNewHtml(template.content);
  addLineSteps(template.content);
  tameMedia(template.content, sound);
  // The page's own are numbered by reveal.js already: what is numbered in two ways has no order.
  for (const slide of template.content.querySelectorAll('section:not(:has(section))')) numberFragments(slide);
  // A stack may begin with a comment, which is not an element of its own.
  return template.content.firstElementChild ?? document.createElement('section');
}

/** How many slides stand where: while that stays, reveal.js needs no new backgrounds. */
function shapeOf(slides: Element): string {
  return [...slides.children].map((stack) => stack.querySelectorAll('section').length).join();
}

/** Slides whose content changed, with whether their background did. */
interface TouchedSlide {
  slide: HTMLElement;
  hasNewBackground: boolean;
}

function morph(old: Element, fresh: Element): TouchedSlide[] {
  const touched: TouchedSlide[] = [];
  const note = (node: Node, next: Node) => {
    if (!(node instanceof HTMLElement) || !(next instanceof HTMLElement) || node.isEqualNode(next)) return;
    if (node.tagName !== 'SECTION') return;
    touched.push({ slide: node, hasNewBackground: backgroundOf(node) !== backgroundOf(next) });
  };
  alignIds(old, fresh);
  const letGo = holdPanels(old, fresh);
  void Idiomorph.morph(old, fresh, {
    morphStyle: 'outerHTML',
    callbacks: {
      beforeNodeMorphed: (node: Node, next: Node) => {
        if (node instanceof Element && next instanceof Element) {
          if (isSamePanel(node, next)) return false;
          keepRuntimeState(node, next);
        }
        note(node, next);
        return true;
      },
    },
  });
  letGo();
  return touched;
}

/** To idiomorph, what has the same id is the same, wherever in its slide it is now. Returns what takes these ids away. */
function holdPanels(old: Element, fresh: Element): () => void {
  const panelsOf = (stack: Element) => [...stack.querySelectorAll('.demo:not([id]), .cast:not([id])')];
  const before = panelsOf(old);
  for (const [i, next] of panelsOf(fresh).entries()) {
    const at = before.findIndex((node) => isSamePanel(node, next));
    const [same] = at === -1 ? [] : before.splice(at, 1);
    if (same === undefined) continue;
    for (const panel of [same, next]) panel.id = `${HELD}${i}`;
  }
  return () => {
    for (const panel of old.querySelectorAll(`[id^="${HELD}"]`)) panel.removeAttribute('id');
  };
}

/**
 * A slide's id comes from its heading. To idiomorph another id is another node, and the slide that shows would be
 * replaced while its heading is typed: as long as there are as many slides as before, they are the same slides.
 */
function alignIds(old: Element, fresh: Element): void {
  const [before, after] = [old, fresh].map((stack) => [stack, ...stack.querySelectorAll('section')]);
  if (before === undefined || after === undefined || before.length !== after.length) return;
  for (const [i, slide] of before.entries()) {
    const id = after[i]?.getAttribute('id') ?? null;
    if (id === null) slide.removeAttribute('id');
    else slide.setAttribute('id', id);
  }
}

function backgroundOf(section: Element): string {
  const names = section.getAttributeNames().filter((name) => name.startsWith(BACKGROUND));
  return names.map((name) => `${name}=${section.getAttribute(name) ?? ''}`).join('\n');
}

/** What a panel takes from its div: another value makes another panel. */
const PANEL_SETTINGS = ['data-name', 'data-views', 'data-steps', ...CAST_SETTINGS];

/** A panel goes on: its run, its terminal and its app know nothing of the save. */
function isSamePanel(node: Element, next: Element): boolean {
  const isPanel = ['demo', 'cast'].some(
    (name) => node.classList.contains(name) && next.classList.contains(name),
  );
  return isPanel && PANEL_SETTINGS.every((name) => node.getAttribute(name) === next.getAttribute(name));
}

function keepRuntimeState(node: Element, next: Element): void {
  for (const name of RUNTIME_CLASSES) if (node.classList.contains(name)) next.classList.add(name);
  for (const name of RUNTIME_ATTRIBUTES) {
    const value = node.getAttribute(name);
    if (value !== null && !next.hasAttribute(name)) next.setAttribute(name, value);
  }
  if (node.tagName === 'SECTION' && !next.hasAttribute('style')) {
    const style = node.getAttribute('style');
    if (style !== null) next.setAttribute('style', style);
  }
  keepLoadedMedia(node, next);
}

/** reveal.js turns `data-src` into `src` when a slide comes near: what is loaded must not load again. */
function keepLoadedMedia(node: Element, next: Element): void {
  const src = node.getAttribute('src');
  if (src === null || withoutMark(src) !== next.getAttribute('data-src')) return;
  next.setAttribute('src', src);
  next.removeAttribute('data-src');
}

function syncSlides(deck: RevealApi, touched: TouchedSlide[]): void {
  for (const { slide, hasNewBackground } of touched) {
    if (hasNewBackground) deck.syncSlide(slide);
    deck.syncFragments(slide);
    if (!slide.hidden) deck.loadSlide(slide);
  }
  deck.layout();
}

function syncDeck(deck: RevealApi, current: HTMLElement | null): void {
  const { f } = deck.getIndices();
  deck.sync();
  const here = current?.isConnected ? deck.getIndices(current) : deck.getIndices();
  deck.slide(here.h, here.v, f);
}
