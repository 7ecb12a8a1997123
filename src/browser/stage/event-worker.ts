/// <reference lib="webworker" />
import { steadyNow } from './steady-now.ts';
import { EventHub } from './event-hub.ts';
import type { HubMessage } from './hub-message.ts';

/** What a page says to the worker that all windows of this browser share. */
export type WorkerRequest = { type: 'listen'; key: number; url: string } | { type: 'end'; key: number };
/** What it hears: many messages at once, as a run's backlog comes. */
export type WorkerReply = {
  key: number;
  messages: HubMessage[];
  /** By the worker's own `steadyNow`, as the times of its messages are. */
  sentAt: number;
};

const NOBODY = 0;

declare const self: SharedWorkerGlobalScope;

const hub = new EventHub();

self.addEventListener('connect', (connected) => {
  const port = connected.ports[0];
  if (port === undefined) return;
  const ends = new Map<number, () => void>();
  port.addEventListener('message', ({ data }: MessageEvent<WorkerRequest>) => {
    ends.get(data.key)?.();
    ends.delete(data.key);
    if (data.type === 'listen') ends.set(data.key, listen(port, data.key, data.url));
  });
  port.start();
  // It is there, and works.
  port.postMessage({ key: NOBODY, messages: [], sentAt: steadyNow() } satisfies WorkerReply);
});

function listen(port: MessagePort, key: number, url: string): () => void {
  let waiting: HubMessage[] = [];
  return hub.listen(url, (message) => {
    waiting.push(message);
    if (waiting.length > 1) return;
    // One message to the page for all that came in the same turn.
    queueMicrotask(() => {
      port.postMessage({ key, messages: waiting, sentAt: steadyNow() } satisfies WorkerReply);
      waiting = [];
    });
  });
}
