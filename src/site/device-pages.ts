import type { Deck } from '../deck/deck.ts';
import type { PageData } from '../stage/page-data.ts';
import type { EntryAssets } from './assets.ts';
import { servedParts, toPage, toTemplate } from './page.ts';

/** The phone remote; its slides stand in a template, for their notes. */
export function toRemotePage(deck: Deck, assets: EntryAssets, data: PageData): string {
  const body = `<main id="remote"></main>${toTemplate(deck.stacks)}`;
  return toPage({ deck, title: 'Remote', body, className: 'remote-page', data, ...servedParts(assets) });
}

/** Where a phone shows its code. Anybody may open it: it says nothing of the talk. */
export function toPairPage(assets: EntryAssets, data: PageData): string {
  const deck = { lang: 'en', authors: [] };
  const body = '<main id="pair"></main>';
  return toPage({
    deck,
    title: 'Pair a phone',
    body,
    className: 'remote-page',
    data,
    ...servedParts(assets),
  });
}
