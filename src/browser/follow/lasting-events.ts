import type { HubListener, HubMessage } from '../stage/event-hub.ts';

/** The server says something at least every 15 s: longer silence is a connection that died unnoticed. In ms. */
const SILENT_MS = 35_000;
/** A page that was away for longer than this doesn't trust its connection, in ms. */
const AWAY_MS = 5000;
/** How soon a lost connection is tried again, in ms: at least, and at most this much more, so that not all come at once. */
const AGAIN_MS = 250;
const AGAIN_MORE_MS = 400;
/** Shorter losses are nobody's business, in ms. */
const TELL_LOST_MS = 1500;

/**
 * Server-sent events on a device that sleeps, changes its network, or whose server goes away and comes back: connects again
 * whatever the reason, and at once when the screen lights up.
 */
export class LastingEvents {
  readonly #url: string;
  readonly #events: readonly string[];
  readonly #listeners = new Set<HubListener>();
  #source: EventSource | undefined;
  #heardAt = Date.now();
  #hiddenAt: number | undefined;
  #again: ReturnType<typeof setTimeout> | undefined;
  #tellLost: ReturnType<typeof setTimeout> | undefined;

  constructor(url: string, events: readonly string[]) {
    this.#url = url;
    this.#events = events;
    this.#open();
    setInterval(() => this.#checkSilence(), 5000);
    document.addEventListener('visibilitychange', () => this.#onVisibility());
    addEventListener('online', () => this.#open());
    window.addEventListener('pageshow', ({ persisted }) => persisted && this.#open());
  }

  listen(listener: HubListener): void {
    this.#listeners.add(listener);
  }

  close(): void {
    this.#source?.close();
    this.#source = undefined;
    clearTimeout(this.#again);
    clearTimeout(this.#tellLost);
  }

  #open(): void {
    clearTimeout(this.#again);
    this.#source?.close();
    const source = new EventSource(this.#url);
    this.#source = source;
    this.#heardAt = Date.now();
    for (const event of this.#events) {
      source.addEventListener(event, ({ data }: MessageEvent<string>) =>
        this.#tell({ event, data, at: Date.now() }),
      );
    }
    source.addEventListener('error', () => this.#onError(source));
  }

  /** The browser's own way back is slow, and gives up when a proxy answers in the server's place. */
  #onError(source: EventSource): void {
    if (source !== this.#source) return;
    source.close();
    this.#tellLost ??= setTimeout(
      () => this.#tell({ event: 'lost', data: '', at: Date.now() }),
      TELL_LOST_MS,
    );
    clearTimeout(this.#again);
    this.#again = setTimeout(() => this.#open(), AGAIN_MS + Math.random() * AGAIN_MORE_MS);
  }

  #tell(message: HubMessage): void {
    if (message.event !== 'lost') {
      this.#heardAt = message.at;
      clearTimeout(this.#tellLost);
      this.#tellLost = undefined;
    }
    for (const listener of this.#listeners) listener(message);
  }

  #checkSilence(): void {
    if (this.#source !== undefined && Date.now() - this.#heardAt > SILENT_MS) this.#open();
  }

  #onVisibility(): void {
    const now = Date.now();
    if (document.hidden) this.#hiddenAt = now;
    else if (this.#source !== undefined && now - (this.#hiddenAt ?? now) > AWAY_MS) this.#open();
  }
}
