import type { Transport } from './transport.ts';
import type { PageData } from '../../stage/page-data.ts';
import { loadPart } from '../load-part.ts';
import { createApi } from './api.ts';
import { openEventStreams } from './event-stream.ts';

/** Whom this page talks to. What stands in for the server comes only with a published deck. */
export async function openServer(page: PageData): Promise<Transport> {
  if (page.mode === 'static') {
    const { openLocalServer } = await loadPart(() => import('./local-server.ts'));
    return openLocalServer(page.instance);
  }
  return { call: createApi(page.token), listen: openEventStreams() };
}
