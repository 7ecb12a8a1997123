import type { PageData, PrintData } from '../stage/page-data.ts';

/** What the server wrote into this page. */
export function readPageData(): PageData {
  return JSON.parse(window.deckhand.data) as PageData;
}

export function readPrintData(): PrintData {
  return JSON.parse(window.deckhand.data) as PrintData;
}

/** The part that this page plays: the deck itself, or a mirror of it in the speaker view. */
export function mirrorOf(): 'current' | 'next' | undefined {
  const mirror = new URLSearchParams(location.search).get('mirror');
  return mirror === 'current' || mirror === 'next' ? mirror : undefined;
}
