import type { HubMessage } from './hub-message.ts';
import { steadyNow } from './steady-now.ts';

/** The server says something at least every 3 s: longer silence is a connection that died unnoticed, or a server that stands still. */
const SILENT_MS = 6500;
const CHECK_MS = 1000;
/** How soon a lost connection is tried again, in ms: at least, and at most this much more, so that not all come at once. */
const AGAIN_MS = 250;
const AGAIN_MORE_MS = 300;
/** Shorter losses are nobody's business, in ms. */
const TELL_LOST_MS = 1500;

export interface StreamOptions {
  url: string;
  events: readonly string[];
  /** What ends for good is not asked for again once the server refuses it; `gone` is told. */
  canEnd: boolean;
  hear(message: HubMessage): void;
}

/**
 * Server-sent events over a connection that is made again whatever ended it. A browser's own way back is slow, and gives up for good
 * when the network changes (Firefox) or a proxy answers in the server's place. Runs in pages and in workers.
 */
export class LastingStream {
  readonly #options: StreamOptions;
  readonly #check: ReturnType<typeof setInterval>;
  #source: EventSource | undefined;
  #heardAt = 0;
  /** Of the last event that has a number: the next connection begins after it. */
  #lastId = '';
  #again: ReturnType<typeof setTimeout> | undefined;
  #tellLost: ReturnType<typeof setTimeout> | undefined;

  constructor(options: StreamOptions) {
    this.#options = options;
    this.#check = setInterval(() => this.#checkSilence(), CHECK_MS);
    this.open();
  }

  /** Connects, anew if need be. */
  open(): void {
    clearTimeout(this.#again);
    this.#source?.close();
    const { url, events, hear } = this.#options;
    const source = new EventSource(this.#lastId === '' ? url : `${url}?after=${this.#lastId}`);
    this.#source = source;
    this.#heardAt = performance.now();
    for (const event of events) {
      source.addEventListener(event, ({ data, lastEventId }: MessageEvent<string>) => {
        this.#lastId = lastEventId === '' ? this.#lastId : lastEventId;
        this.#hasAnswered();
        if (event !== 'alive') hear({ event, data, at: steadyNow() });
      });
    }
    source.addEventListener('error', () => this.#onError(source));
  }

  close(): void {
    this.#source?.close();
    this.#source = undefined;
    clearInterval(this.#check);
    clearTimeout(this.#again);
    clearTimeout(this.#tellLost);
  }

  #hasAnswered(): void {
    this.#heardAt = performance.now();
    clearTimeout(this.#tellLost);
    this.#tellLost = undefined;
  }

  #onError(source: EventSource): void {
    if (source !== this.#source) return;
    const hasGivenUp = source.readyState === EventSource.CLOSED;
    this.#lose();
    if (hasGivenUp && this.#options.canEnd) void this.#askWhetherGone(source);
  }

  #lose(): void {
    this.#source?.close();
    this.#tellLost ??= setTimeout(() => this.#tell('lost'), TELL_LOST_MS);
    clearTimeout(this.#again);
    this.#again = setTimeout(() => this.open(), AGAIN_MS + Math.random() * AGAIN_MORE_MS);
  }

  /** A browser gives up in the same way when it was refused and when its network has changed. */
  async #askWhetherGone(source: EventSource): Promise<void> {
    const aborted = new AbortController();
    const answer = await fetch(this.#options.url, { signal: aborted.signal }).catch(() => undefined);
    aborted.abort();
    if (source !== this.#source && this.#source?.readyState === EventSource.OPEN) return;
    if (answer === undefined || answer.ok || answer.status >= 500) return;
    this.close();
    this.#tell('gone');
  }

  #tell(event: 'lost' | 'gone'): void {
    this.#options.hear({ event, data: '', at: steadyNow() });
  }

  #checkSilence(): void {
    const isWaiting = this.#source?.readyState === EventSource.CLOSED;
    if (!isWaiting && performance.now() - this.#heardAt > SILENT_MS) this.#lose();
  }
}
