import { withoutNotes } from '../deck/without-notes.ts';
import { Lan } from '../server/lan/lan.ts';
import type { ServerContext } from '../server/server-context.ts';
import { readAssets } from '../site/assets.ts';
import { toPairPage, toRemotePage } from '../site/device-pages.ts';
import { toDeckPage } from '../site/page.ts';
import type { Audience } from '../server/follow/audience.ts';
import type { PageData } from '../stage/page-data.ts';
import { BROWSER_FOLDER } from './browser-folder.ts';
import { toFollowPage } from './follow-page.ts';

/** What the command line says of other devices. */
export interface LanFlags {
  isRemote: boolean;
  isAudience: boolean;
  host: string | undefined;
  port: number | undefined;
}

/** Opens the second listener, with the pages that other devices get. */
export async function openLan(server: ServerContext, flags: LanFlags, mainPort: number): Promise<Lan> {
  const [remote, deck, follow] = await Promise.all(
    ['remote', 'main', 'follow'].map((name) => readAssets(BROWSER_FOLDER, `src/browser/pages/${name}.ts`)),
  );
  if (remote === undefined || deck === undefined || follow === undefined) {
    throw new Error('The bundle is not complete');
  }
  const data = (token: string): PageData => ({
    token,
    instance: server.instance,
    deckVersion: server.deck.version,
    demos: server.demos(),
    mode: 'live',
  });
  const nothing = (token: string): PageData => ({
    token,
    instance: '',
    deckVersion: 0,
    demos: [],
    mode: 'live',
  });
  return Lan.open(server, {
    ...flags,
    likedPort: mainPort + 1,
    withoutNotes,
    pages: (token) => ({
      pair: () => toPairPage(remote, nothing(token)),
      remote: () => toRemotePage(server.deck.deck, remote, { ...data(token), plan: server.plan() }),
      slides: () => toDeckPage(server.deck.deck, deck, data(token)),
      follow: (audience: Audience) => toFollowPage(audience.snapshot, follow),
    }),
  });
}
