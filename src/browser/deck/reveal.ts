import Reveal, { type RevealApi } from 'reveal.js';
import { addLineSteps } from './line-steps.ts';
import { loadPart } from '../load-part.ts';
import { holdMedia, tameMedia, type Sound } from './media.ts';

/** What every deck starts from; a deck's size is what its author lays out for. */
const COMMON = {
  width: 1280,
  height: 720,
  margin: 0.03,
  // The style sheet centres.
  center: false,
  hash: true,
  // The next step, whichever key asks: a section's title is followed by its slides.
  navigationMode: 'linear' as const,
  slideNumber: 'c/t' as const,
  transitionSpeed: 'fast' as const,
  // Alt opens the editor, and on a Mac Ctrl a menu.
  zoomKey: 'shift',
  // Any frame could drive the deck through it, a demo's own page included.
  postMessage: false,
  postMessageEvents: false,
  // Small previews are slides too, not a scrolling page.
  scrollActivationWidth: 0,
};

/** A mirror shows what the stage says, and takes no keys of its own. */
const MIRROR = {
  hash: false,
  controls: false,
  progress: false,
  slideNumber: false as const,
  help: false,
  touch: false,
  transition: 'none' as const,
  backgroundTransition: 'none' as const,
};

/** On other devices the place is the speaker's, not the address's, which the page that opened the window may change there at any time. */
export const AUDIENCE = { hash: false, respondToHashChanges: false, jumpToSlide: false };

/** Makes reveal.js out of the page's slides; `start` resolves when the first one shows. */
export function startReveal(
  mirror: 'current' | 'next' | undefined,
  more: Partial<typeof AUDIENCE> = {},
  sound: Sound = soundOf(mirror),
): {
  deck: RevealApi;
  start: Promise<unknown>;
} {
  if (mirror !== undefined) document.documentElement.dataset['mirror'] = mirror;
  // Before reveal.js counts a slide's steps.
  addLineSteps(document);
  tameMedia(document, sound);
  const options = { ...COMMON, ...askedFor(), ...(mirror === undefined ? {} : MIRROR), ...more };
  const deck = new Reveal(options);
  const start = deck.initialize();
  if (mirror === undefined) void start.then(() => addPlugins(deck));
  forgetPlacesInStacks(deck);
  void start.then(() => holdMedia(deck, sound));
  return { deck, start };
}

/** What the deck's YAML block asks of reveal.js: see deck/look.ts. */
function askedFor(): Record<string, unknown> {
  const { options = '{}' } = document.querySelector<HTMLElement>('.reveal')?.dataset ?? {};
  return JSON.parse(options) as Record<string, unknown>;
}

/** The deck is heard in its own window only. */
export function soundOf(mirror: 'current' | 'next' | undefined): Sound {
  if (mirror === undefined) return 'own';
  return mirror === 'current' ? 'muted' : 'silent';
}

/** reveal.js enters a section where it was left; the step after the section before is its title. */
function forgetPlacesInStacks(deck: RevealApi): void {
  deck.on('slidechanged', () => {
    for (const stack of deck.getSlidesElement()?.children ?? [])
      stack.removeAttribute('data-previous-indexv');
  });
}

/** Search and zoom: nobody needs them before the first slide shows. */
async function addPlugins(deck: RevealApi): Promise<void> {
  const { PLUGINS } = await loadPart(() => import('./reveal-plugins.ts'));
  for (const plugin of PLUGINS) deck.registerPlugin(plugin);
}
