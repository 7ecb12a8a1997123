import type { PageData } from '../../stage/page-data.ts';
import { STAGE_EVENTS } from '../../stage/stage-message.ts';
import { LastingEvents } from '../follow/lasting-events.ts';
import { createApi } from '../stage/api.ts';
import { EventHub, type HubListener } from '../stage/event-hub.ts';
import type { Transport } from '../stage/transport.ts';

/** The server as a paired phone reaches it: the stage by a connection that outlasts sleep and Wi-Fi. */
export interface RemoteServer extends Transport {
  /** `forget` is called when the speaker has taken this phone back. */
  onTakenBack(forget: () => void): void;
}

export function openRemoteServer(page: PageData): RemoteServer {
  const call = createApi(page.token);
  const events = new LastingEvents('/api/stage/events', STAGE_EVENTS);
  const runs = new EventHub();
  const listeners = new Set<HubListener>();
  let forget = () => {};
  const end = () => {
    events.close();
    forget();
  };
  events.listen((message) => {
    if (message.event === 'taken-back') return end();
    // A connection that was refused looks like one that was lost.
    if (message.event === 'lost') void isRefused().then((isSo) => isSo && end());
    for (const listener of listeners) listener(message);
  });
  const listen: Transport['listen'] = (url, listener) => {
    if (url !== '/api/stage/events') return runs.listen(url, listener);
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return { call, listen, onTakenBack: (action) => (forget = action) };
}

async function isRefused(): Promise<boolean> {
  const answer = await fetch('/api/stage').catch(() => undefined);
  return answer?.status === 401;
}
