import type { ServiceAction } from '../../demo/view.ts';
import type { RunEvent } from '../../demo/run/run-event.ts';
import type { LiveRun } from './live-run.ts';

interface Reader {
  /** Number of the event that it gets next. */
  next: number;
  stop: AbortController;
}

/**
 * A run as the screens see it. What would show that it failed waits until it is decided what the audience sees: `release` shows
 * it, `leave` ends the run for every screen before it, however late the screen comes.
 */
export class ShownRun implements LiveRun {
  readonly done: Promise<void>;
  /** It was told to stop; what it made goes away. */
  isStopping = false;
  /** Called when somebody stops it. */
  onStop: () => void = () => {};
  readonly #run: LiveRun;
  readonly #readers = new Set<Reader>();
  readonly #decided = new AbortController();
  /** How many events the screens get. */
  #length = Infinity;
  /** How many the one that is furthest has got. */
  #shown = 0;

  constructor(run: LiveRun) {
    this.#run = run;
    this.done = run.done;
  }

  get isDecided(): boolean {
    return this.#decided.signal.aborted;
  }

  /** From here on the screens see all that happens. */
  release(): void {
    this.#decided.abort();
  }

  /** The screens see the first `count` events and no more; if one of them has seen more already, that many. */
  leave(count: number): void {
    this.#length = Math.max(count, this.#shown);
    this.#decided.abort();
    for (const reader of this.#readers) if (reader.next >= this.#length) reader.stop.abort();
  }

  async *events(from: number, signal: AbortSignal): AsyncGenerator<RunEvent> {
    const reader: Reader = { next: from, stop: new AbortController() };
    const end = AbortSignal.any([signal, reader.stop.signal]);
    this.#readers.add(reader);
    try {
      if (from >= this.#length) return;
      for await (const event of this.#run.events(from, end)) {
        if (showsFailure(event)) await aborted(AbortSignal.any([end, this.#decided.signal]));
        if (end.aborted || reader.next >= this.#length) return;
        reader.next += 1;
        this.#shown = Math.max(this.#shown, reader.next);
        yield event;
        if (reader.next >= this.#length) return;
      }
    } finally {
      this.#readers.delete(reader);
    }
  }

  stop(): void {
    this.isStopping = true;
    this.release();
    this.onStop();
    this.#run.stop();
  }

  ask(question: string): Promise<void> {
    return this.#run.ask(question);
  }

  addReplica(): Promise<void> {
    return this.#run.addReplica();
  }

  get shells(): LiveRun['shells'] {
    return this.#run.shells;
  }

  get edits(): LiveRun['edits'] {
    return this.#run.edits;
  }

  control(service: string, action: ServiceAction): Promise<void> {
    return this.#run.control(service, action);
  }
}

/** A failed step's line is red, and the error follows it. */
export function showsFailure(event: RunEvent): boolean {
  return (
    event.type === 'error' ||
    (event.type === 'step' && event.state === 'failed') ||
    (event.type === 'phase' && event.phase === 'failed')
  );
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
