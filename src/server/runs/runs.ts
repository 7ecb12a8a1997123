import { panelOf, replayOf, runOf } from '../../stage/panel-state.ts';
import type { LiveRun } from './live-run.ts';
import { randomUUID } from 'node:crypto';
import { UserError } from '../../demo/user-error.ts';
import type { SafetyNet } from './safety-net.ts';
import type { ShownRun } from './shown-run.ts';
import type { Stage } from '../stage.ts';

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
  run: ShownRun;
  /** The server's clock; unknown for one that began before it was asked for. */
  startedAt?: number;
  isOver: boolean;
}

/** Runs that stand by for a reset; `talk/` keeps them. */
export interface Spares {
  /** Whether the next run of a demo need not wait for what the one before leaves. */
  has(demo: string): boolean;
  /** Nothing of the demo is to run on. */
  drop(demo: string): void;
}

const NO_SPARES: Spares = { has: () => false, drop: () => {} };

/** Ended runs that can still be read, so that a screen that was asleep sees how its run ended. */
const KEPT = 20;

/** What was asked of a demo: only the newest counts when an earlier one had to wait. */
type Asked = 'run' | 'stop' | 'reset' | 'recording';

/**
 * Every run of this process. A demo has at most one at a time: starting it twice gives the one that is there. Starts and resets
 * of a demo are carried out in the order in which they are asked; both may have to wait until an earlier run is gone.
 */
export class Runs {
  #entries = new Map<string, RunEntry>();
  #starting = new Set<Promise<RunEntry>>();
  /** By demo: resolves when all that was asked so far is done. */
  #turns = new Map<string, Promise<unknown>>();
  #asked = new Map<string, Asked>();
  #isClosed = false;
  #startRun: StartRun;
  #stage: Stage;
  #net: SafetyNet;
  #spares: Spares;

  constructor(startRun: StartRun, stage: Stage, net: SafetyNet, spares: Spares = NO_SPARES) {
    this.#spares = spares;
    this.#startRun = startRun;
    this.#stage = stage;
    this.#net = net;
  }

  /**
   * Starts the demo, or gives the run of it that is under way. One that is stopping is waited for; when something else is asked
   * meanwhile, an `ApiProblem` says so and nothing starts.
   */
  async start(demo: string, fresh: boolean): Promise<{ entry: RunEntry; isNew: boolean }> {
    this.#asked.set(demo, 'run');
    return this.#inTurn(demo, async () => {
      const active = this.active(demo);
      if (active !== undefined && !active.run.isStopping) {
        if (this.#asked.get(demo) === 'run') this.#show(active);
        return { entry: active, isNew: false };
      }
      const started = this.#begin(demo, fresh, active);
      this.#starting.add(started);
      try {
        return { entry: await started, isNew: true };
      } finally {
        this.#starting.delete(started);
      }
    });
  }

  /** Carries out `action` when what was asked of the demo before is done, well or not. */
  #inTurn<T>(demo: string, action: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(demo) ?? Promise.resolve();
    const done = before.then(action, action);
    this.#turns.set(demo, done);
    return done;
  }

  async #begin(demo: string, fresh: boolean, before: RunEntry | undefined): Promise<RunEntry> {
    if (!this.#spares.has(demo)) await before?.run.done;
    this.#refuseLate(demo);
    const given = randomUUID();
    const startedAt = this.#stage.state.now;
    const live = await this.#startRun(demo, { id: given, fresh });
    const { id = given } = live;
    const entry: RunEntry = { id, demo, run: this.#net.guard(id, demo, live), isOver: false };
    if (id === given) entry.startedAt = startedAt;
    this.#entries.set(id, entry);
    this.#forgetOldest();
    void live.done.then(() => (entry.isOver = true));
    if (this.#asked.get(demo) === 'run') this.#show(entry);
    // Nobody wants it any more.
    else entry.run.stop();
    return entry;
  }

  /** Nothing is started that nobody wants by now. */
  #refuseLate(demo: string): void {
    if (this.#isClosed) {
      const detail = 'Deckhand is stopping its demos and ends.';
      throw new UserError('ending', detail, 'Start it again in its terminal.');
    }
    if (this.#asked.get(demo) === 'run') return;
    const detail = `"${demo}" was not started: something else was asked of it meanwhile.`;
    throw new UserError('overtaken', detail, 'Ask for it again.');
  }

  /** The demo's recording is asked for: what waits to begin is not to take its place. */
  preferRecording(demo: string): void {
    this.#asked.set(demo, 'recording');
  }

  /** On every screen: a run that went on behind a replay comes back. */
  #show({ demo, id, startedAt }: RunEntry): void {
    if (runOf(panelOf(this.#stage.state, demo))?.id === id) return;
    this.#stage.change({ type: 'run', demo, id, ...(startedAt === undefined ? {} : { startedAt }) });
  }

  /** The demo's run that is not over yet. */
  active(demo: string): RunEntry | undefined {
    return [...this.#entries.values()].findLast((entry) => entry.demo === demo && !entry.isOver);
  }

  /** Whether this run goes on, or is just being started. */
  isRunning(id: string): boolean {
    const entry = this.#entries.get(id);
    return entry === undefined ? this.#starting.size > 0 : !entry.isOver;
  }

  get(id: string): RunEntry {
    const entry = this.#entries.get(id);
    if (entry !== undefined) return entry;
    throw new UserError('no-run', `There is no run ${id}.`, 'Reload the page.');
  }

  /** Nothing of the demo is to run on: no spare either. */
  stop(entry: RunEntry): void {
    this.#asked.set(entry.demo, 'stop');
    this.#spares.drop(entry.demo);
    entry.run.stop();
  }

  /** Takes the demo back to where nothing has run. With a spare standing by, what ran goes away behind it. */
  reset(demo: string): Promise<void> {
    this.#asked.set(demo, 'reset');
    // A recording is put away at once: it has nothing to wait for.
    const isReplay = replayOf(panelOf(this.#stage.state, demo)) !== undefined;
    if (isReplay) this.#stage.change({ type: 'clear', demo });
    return this.#inTurn(demo, async () => {
      const active = this.active(demo);
      active?.run.stop();
      if (!this.#spares.has(demo)) await active?.run.done;
      if (this.#asked.get(demo) !== 'recording') this.#stage.change({ type: 'clear', demo });
    });
  }

  /** Stops everything and starts nothing more; resolves when nothing of ours is left on the engine. */
  async stopAll(): Promise<void> {
    this.#isClosed = true;
    const stop = (entry: RunEntry) => {
      this.stop(entry);
      return entry.run.done;
    };
    const live = [...this.#entries.values()].filter((entry) => !entry.isOver).map(stop);
    const starting = [...this.#starting].map((pending) => pending.then(stop, () => undefined));
    await Promise.all([...live, ...starting]);
  }

  #forgetOldest(): void {
    const ended = [...this.#entries.values()].filter((entry) => entry.isOver);
    for (const entry of ended.slice(0, -KEPT)) this.#entries.delete(entry.id);
  }
}
