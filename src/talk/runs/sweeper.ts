import { sweep } from '../../runner/containers/sweep.ts';
import type { EngineWatch } from './engine-watch.ts';

/** An engine may still be carrying out the last wish of a process that was killed. */
const AGAIN_MS = 5000;
/** An engine that is just starting again. */
const RETRY_MS = 2000;
const MAX_TRIES = 30;

/**
 * Removes what dead processes left on the engine, and runs of ours whose engine went away: it may be back before anybody has
 * noticed, so that the end of every run is a reason to look.
 */
export class Sweeper {
  readonly #engines: EngineWatch;
  readonly #isRunning: (run: string) => boolean;
  #timer: NodeJS.Timeout | undefined;

  constructor(engines: EngineWatch, isRunning: (run: string) => boolean) {
    this.#engines = engines;
    this.#isRunning = isRunning;
  }

  /** Now, until it has worked, and once more a little later. */
  start(): void {
    void this.#sweep(1);
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  async #sweep(tries: number): Promise<void> {
    const { engine } = this.#engines.current;
    // Whoever finds the engine again asks for a sweep.
    if (engine === undefined) return;
    try {
      await sweep(engine, { isRunning: this.#isRunning });
      if (tries > 0) this.#later(0, AGAIN_MS);
    } catch {
      if (tries < MAX_TRIES) this.#later(tries + 1, RETRY_MS);
    }
  }

  #later(tries: number, ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#sweep(tries), ms);
    this.#timer.unref();
  }
}
