import type { PageData } from '../stage/page-data.ts';

/** What the server wrote into this page. */
export function readPageData(): PageData {
  const text = document.getElementById('page-data')?.textContent ?? '';
  return JSON.parse(text) as PageData;
}

/** The part that this page plays: the deck itself, or a mirror of it in the speaker view. */
export function mirrorOf(): 'current' | 'next' | undefined {
  const mirror = new URLSearchParams(location.search).get('mirror');
  return mirror === 'current' || mirror === 'next' ? mirror : undefined;
}
