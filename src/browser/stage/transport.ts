import type { CallApi } from './api.ts';
import type { ListenToEvents } from './event-stream.ts';

/** What a page asks and hears: of Deckhand's server, or of this browser's own windows in a published deck. */
export interface Transport {
  call: CallApi;
  listen: ListenToEvents;
}
