import type { HubListener } from '../stage/event-hub.ts';
import { LastingStream } from '../stage/lasting-stream.ts';

/** A page that was away for longer than this doesn't trust its connection, in ms. */
const AWAY_MS = 5000;

/** Server-sent events on a device that sleeps: connects again at once when the screen lights up or a network is there. */
export class LastingEvents {
  readonly #listeners = new Set<HubListener>();
  #stream: LastingStream | undefined;
  #hiddenAt: number | undefined;

  constructor(url: string, events: readonly string[]) {
    const hear: HubListener = (message) => {
      for (const listener of this.#listeners) listener(message);
    };
    this.#stream = new LastingStream({ url, events, canEnd: false, hear });
    document.addEventListener('visibilitychange', () => this.#onVisibility());
    addEventListener('online', () => this.#stream?.open());
    window.addEventListener('pageshow', ({ persisted }) => persisted && this.#stream?.open());
  }

  listen(listener: HubListener): void {
    this.#listeners.add(listener);
  }

  close(): void {
    this.#stream?.close();
    this.#stream = undefined;
  }

  #onVisibility(): void {
    // By the clock on the wall: the other one stands still while a device sleeps.
    const now = Date.now();
    if (document.hidden) this.#hiddenAt = now;
    else if (now - (this.#hiddenAt ?? now) > AWAY_MS) this.#stream?.open();
  }
}
