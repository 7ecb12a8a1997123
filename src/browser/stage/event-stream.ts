import { EventHub, type HubListener } from './event-hub.ts';
import type { WorkerReply, WorkerRequest } from './event-worker.ts';

/** Listens to an address of server-sent events; returns the function that ends it. */
export type ListenToEvents = (url: string, listener: HubListener) => () => void;

/** Shares the connections with this browser's other windows where it can, and has its own where it can't. */
export function openEventStreams(): ListenToEvents {
  if (typeof SharedWorker === 'undefined') {
    const hub = new EventHub();
    return (url, listener) => hub.listen(url, listener);
  }
  const worker = new SharedWorker(new URL('./event-worker.ts', import.meta.url), {
    type: 'module',
    name: 'deckhand-events',
  });
  return throughWorker(worker.port);
}

function throughWorker(port: MessagePort): ListenToEvents {
  const listeners = new Map<number, HubListener>();
  let lastKey = 0;
  const send = (request: WorkerRequest) => port.postMessage(request);
  port.addEventListener('message', ({ data }: MessageEvent<WorkerReply>) => {
    for (const message of data.messages) listeners.get(data.key)?.(message);
  });
  port.start();
  // A worker isn't told when a page goes away.
  addEventListener('pagehide', () => {
    for (const key of listeners.keys()) send({ type: 'end', key });
  });
  return (url, listener) => {
    const key = ++lastKey;
    listeners.set(key, listener);
    send({ type: 'listen', key, url });
    return () => {
      listeners.delete(key);
      send({ type: 'end', key });
    };
  };
}
