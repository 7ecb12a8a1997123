import { EventHub, type HubListener } from './event-hub.ts';
import type { HubMessage } from './hub-message.ts';
import type { WorkerReply, WorkerRequest } from './event-worker.ts';
import { steadyNow } from './steady-now.ts';

/** Listens to an address of server-sent events; returns the function that ends it. */
export type ListenToEvents = (url: string, listener: HubListener) => () => void;

/** A worker that has said nothing for this long won't, in ms. */
const WORKER_STARTS_MS = 5000;

/** Shares the connections with this browser's other windows where it can, and has its own where it can't. */
export function openEventStreams(): ListenToEvents {
  const worker = openWorker();
  if (worker !== undefined) return new ThroughWorker(worker).listen;
  const hub = new EventHub();
  return (url, listener) => hub.listen(url, listener);
}

function openWorker(): SharedWorker | undefined {
  if (typeof SharedWorker === 'undefined') return undefined;
  try {
    return new SharedWorker(new URL('./event-worker.ts', import.meta.url), {
      type: 'module',
      name: 'deckhand-events',
    });
  } catch {
    return undefined;
  }
}

interface Listening {
  url: string;
  listener: HubListener;
  /** Ends it, where it has a connection of this window's own. */
  end?: () => void;
}

/** Listens by the worker; by this window's own connections once the worker turns out to be lost. */
class ThroughWorker {
  readonly #port: MessagePort;
  readonly #listening = new Map<number, Listening>();
  readonly #lateness: ReturnType<typeof setTimeout>;
  #lastKey = 0;
  #own: EventHub | undefined;
  /** Our clock minus the worker's, as far as it can be told: a message that waited makes it look larger. */
  #clockOffset = Infinity;

  constructor(worker: SharedWorker) {
    this.#port = worker.port;
    worker.addEventListener('error', () => this.#leaveWorker());
    this.#lateness = setTimeout(() => this.#leaveWorker(), WORKER_STARTS_MS);
    this.#port.addEventListener('message', ({ data }: MessageEvent<WorkerReply>) => this.#hear(data));
    this.#port.start();
    // A worker isn't told when a page goes away.
    addEventListener('pagehide', () => {
      for (const key of this.#listening.keys()) this.#send({ type: 'end', key });
    });
  }

  readonly listen: ListenToEvents = (url, listener) => {
    const key = ++this.#lastKey;
    const listening: Listening = { url, listener };
    this.#listening.set(key, listening);
    if (this.#own === undefined) this.#send({ type: 'listen', key, url });
    else listening.end = this.#own.listen(url, listener);
    return () => {
      this.#listening.delete(key);
      listening.end?.();
      this.#send({ type: 'end', key });
    };
  };

  #send(request: WorkerRequest): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- that is for windows
    this.#port.postMessage(request);
  }

  #hear({ key, messages, sentAt }: WorkerReply): void {
    clearTimeout(this.#lateness);
    if (this.#own !== undefined) return;
    this.#clockOffset = Math.min(this.#clockOffset, steadyNow() - sentAt);
    for (const message of messages) this.#listening.get(key)?.listener(this.#byOurClock(message));
  }

  #byOurClock(message: HubMessage): HubMessage {
    return { ...message, at: message.at + this.#clockOffset };
  }

  #leaveWorker(): void {
    clearTimeout(this.#lateness);
    if (this.#own !== undefined) return;
    this.#own = new EventHub();
    for (const [key, listening] of this.#listening) {
      this.#send({ type: 'end', key });
      listening.end = this.#own.listen(listening.url, listening.listener);
    }
  }
}
