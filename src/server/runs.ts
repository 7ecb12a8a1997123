import { randomUUID } from 'node:crypto';
import { ApiProblem } from './problem.ts';
import type { RunSource } from '../demo/run-event.ts';
import type { Stage } from './stage.ts';

/** A run in progress, as the server sees it; `runner/` makes them. */
export interface LiveRun extends RunSource {
  stop(): void;
  ask(question: string): Promise<void>;
  /** Starts another container of the same image. */
  addReplica(): Promise<void>;
  /** Resolves when everything that the run made is gone. Never rejects. */
  readonly done: Promise<void>;
}

export interface StartOptions {
  id: string;
  /** Build without the engine's cache. */
  fresh: boolean;
}

/** Starts a demo's run on the engine. Throws a `UserError` when there is no engine. */
export type StartRun = (demo: string, options: StartOptions) => Promise<LiveRun>;

export interface RunEntry {
  id: string;
  demo: string;
  run: LiveRun;
  isOver: boolean;
}

/** Ended runs that can still be read, so that a screen that was asleep sees how its run ended. */
const KEPT = 20;

/** Every run of this process. A demo has at most one at a time: starting it twice gives the one that is there. */
export class Runs {
  #entries = new Map<string, RunEntry>();
  #starting = new Map<string, Promise<RunEntry>>();
  #startRun: StartRun;
  #stage: Stage;

  constructor(startRun: StartRun, stage: Stage) {
    this.#startRun = startRun;
    this.#stage = stage;
  }

  /** Starts the demo, or gives the run of it that is under way. */
  async start(demo: string, fresh: boolean): Promise<{ entry: RunEntry; isNew: boolean }> {
    const active = this.active(demo);
    if (active !== undefined) return { entry: active, isNew: false };
    const pending = this.#starting.get(demo);
    if (pending !== undefined) return { entry: await pending, isNew: false };
    const started = this.#begin(demo, fresh);
    this.#starting.set(demo, started);
    try {
      return { entry: await started, isNew: true };
    } finally {
      this.#starting.delete(demo);
    }
  }

  async #begin(demo: string, fresh: boolean): Promise<RunEntry> {
    const id = randomUUID();
    const run = await this.#startRun(demo, { id, fresh });
    const entry: RunEntry = { id, demo, run, isOver: false };
    this.#entries.set(id, entry);
    this.#forgetOldest();
    void run.done.then(() => (entry.isOver = true));
    this.#stage.change({ type: 'run', demo, id });
    return entry;
  }

  /** The demo's run that is not over yet. */
  active(demo: string): RunEntry | undefined {
    return [...this.#entries.values()].find((entry) => entry.demo === demo && !entry.isOver);
  }

  get(id: string): RunEntry {
    const entry = this.#entries.get(id);
    if (entry !== undefined) return entry;
    throw new ApiProblem(404, 'no-run', 'No such run', `There is no run ${id}.`, 'Reload the page.');
  }

  /** Takes the demo back to where nothing has run. */
  async reset(demo: string): Promise<void> {
    const active = this.active(demo);
    active?.run.stop();
    await active?.run.done;
    this.#stage.change({ type: 'clear', demo });
  }

  /** Stops everything; resolves when nothing of ours is left on the engine. */
  async stopAll(): Promise<void> {
    const live = [...this.#entries.values()].filter((entry) => !entry.isOver);
    for (const entry of live) entry.run.stop();
    await Promise.all(live.map((entry) => entry.run.done));
  }

  #forgetOldest(): void {
    const ended = [...this.#entries.values()].filter((entry) => entry.isOver);
    for (const entry of ended.slice(0, -KEPT)) this.#entries.delete(entry.id);
  }
}
