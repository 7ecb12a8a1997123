import type { PageData } from '../../stage/page-data.ts';
import { loadPart } from '../load-part.ts';
import { createApi, type CallApi } from './api.ts';
import { openEventStreams, type ListenToEvents } from './event-stream.ts';

/** What a page asks and hears: of Deckhand's server, or of this browser's own windows in a published deck. */
export interface Server {
  call: CallApi;
  listen: ListenToEvents;
}

/** Whom this page talks to. What stands in for the server comes only with a published deck. */
export async function openServer(page: PageData): Promise<Server> {
  if (page.mode === 'static') {
    const { openLocalServer } = await loadPart(() => import('./local-server.ts'));
    return openLocalServer(page.instance);
  }
  return { call: createApi(page.token), listen: openEventStreams() };
}
