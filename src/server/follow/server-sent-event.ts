import type { AudienceMessage } from '../../stage/audience.ts';

/** The bytes of one event. https://html.spec.whatwg.org/multipage/server-sent-events.html */
export function toServerSentEvent({ event, data }: AudienceMessage): Buffer {
  return Buffer.from(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}
