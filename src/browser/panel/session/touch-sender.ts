import type { StageChange } from '../../../stage/stage-schema.ts';
import type { StageClient } from '../../stage/stage-client.ts';

/** Between two changes, in ms: a wheel turns and a hand types faster than anybody looks. */
const PAUSE_MS = 80;

/** Sends what a hand does to a panel, not more often than the others can follow, and the last of it always. */
export class TouchSender {
  readonly #stage: StageClient;
  #waiting: StageChange | undefined;
  #isPausing = false;

  constructor(stage: StageClient) {
    this.#stage = stage;
  }

  send(change: StageChange): void {
    this.#waiting = change;
    if (!this.#isPausing) this.#sendWaiting();
  }

  #sendWaiting(): void {
    const change = this.#waiting;
    this.#waiting = undefined;
    this.#isPausing = change !== undefined;
    if (change === undefined) return;
    // Lost with the connection: the banner says so, and this screen shows it anyway.
    this.#stage.change(change).catch(() => {});
    setTimeout(() => this.#sendWaiting(), PAUSE_MS);
  }
}
