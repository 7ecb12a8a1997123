import type { RevealApi } from 'reveal.js';
import { press } from './clicker.ts';

/** A key that a page framed in a slide passes on. The server adds the script that sends it to the deck's own pages. */
interface FrameKey {
  type: 'deckhand-frame-key';
  key: string;
}

const AUTHORS_FRAMES = '.slides iframe:not(.app-frame), .backgrounds iframe';

/**
 * A page that is framed in a slide keeps every key while it has the focus, the clicker's too. Those of the deck's own pages come as
 * messages, or are heard right there where the browser lets us in. A foreign page tells nothing: the pointer that leaves
 * it takes the keys along.
 */
export function hearFrames(deck: RevealApi): void {
  const takeBack = (frame: HTMLIFrameElement, key: string) => {
    if (key === 'Escape') frame.blur();
    else press(deck, key);
  };
  addEventListener('message', ({ data, source, origin }: MessageEvent<FrameKey | null>) => {
    if (data?.type !== 'deckhand-frame-key' || typeof data.key !== 'string') return;
    // A sandboxed page of ours has no origin; anything else is a page that its frame went on to.
    const frame = frames().find(({ contentWindow }) => contentWindow === source);
    if (frame !== undefined && isOurs(frame) && [location.origin, 'null'].includes(origin))
      takeBack(frame, data.key);
  });
  // As long as the pointer is in a page, its moves are told there.
  document.addEventListener('mousemove', ({ target }) => {
    const { activeElement } = document;
    if (activeElement === null || activeElement === target) return;
    if (activeElement instanceof HTMLElement && activeElement.matches(AUTHORS_FRAMES)) activeElement.blur();
  });
}

function frames(): HTMLIFrameElement[] {
  return [...document.querySelectorAll<HTMLIFrameElement>(AUTHORS_FRAMES)];
}

function isOurs(frame: HTMLIFrameElement): boolean {
  return new URL(frame.src, document.baseURI).origin === location.origin;
}
