import type { AudienceSnapshot } from '../stage/audience.ts';
import type { EntryAssets } from '../site/assets.ts';
import { toDeckPage } from '../site/page.ts';

/** The deck for the audience's own devices. There is no token in it. */
export function toFollowPage({ deck, demos, instance }: AudienceSnapshot, assets: EntryAssets): string {
  return toDeckPage(deck, assets, { token: '', instance, deckVersion: deck.version, demos, mode: 'live' });
}
