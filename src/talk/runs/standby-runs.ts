import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Demo } from '../../demo/demo.ts';
import { allowsSpare, memoryOf } from '../../demo/run/spare.ts';
import type { Engine } from '../../engine/engine.ts';
import { hashSources } from '../../runner/build/hash-sources.ts';
import { nameInstance } from '../../runner/instance.ts';
import type { Previews } from '../../runner/preview/preview.ts';
import { startRun, type Run, type RunOptions } from '../../runner/run.ts';

/** The run in front of the audience comes first: its page loads before the spare takes its share of the processor. */
const HEAD_START_MS = 1500;
/** A spare may have as much of the engine's memory. */
const MEMORY_SHARE = 0.25;

/** What is needed to run a demo. */
export interface Runnable {
  demo: Demo;
  /** The demo's folder, absolute. */
  folder: string;
  engine: Engine;
}

interface StandingBy {
  run: Run;
  engine: Engine;
  sources: string;
}

/** Runs that were begun before anybody asked for them: spares for a reset, and images being built before the talk. */
export class StandbyRuns {
  readonly #byDemo = new Map<string, StandingBy>();
  readonly #leaving = new Set<Promise<void>>();
  /** By demo: the run that a spare is for. */
  readonly #shown = new Map<string, Run>();
  readonly #keepsSpares: boolean;
  readonly #closing = new AbortController();
  /** Images that came in a pack, name to id. */
  readonly packed: ReadonlyMap<string, string>;

  readonly #previews: Previews | undefined;

  constructor(packed: ReadonlyMap<string, string> = new Map(), keepsSpares = true, previews?: Previews) {
    this.#keepsSpares = keepsSpares;
    this.#previews = previews;
    this.packed = packed;
  }

  /** Aborted when Deckhand ends. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /** Whether a demo has one that can be taken over at once. */
  has(demo: string): boolean {
    return this.#byDemo.has(demo);
  }

  /** The demo was stopped: nothing of it is to run on. */
  drop(demo: string): void {
    this.#shown.delete(demo);
    const found = this.#byDemo.get(demo);
    this.#byDemo.delete(demo);
    if (found !== undefined) this.#letGo(found.run);
  }

  /** The one that stands by for a demo, as it is. */
  peek(demo: string): Run | undefined {
    return this.#byDemo.get(demo)?.run;
  }

  /** Whether this is a run of ours that nobody has taken over yet, by its id. */
  isRunning(id: string): boolean {
    return [...this.#byDemo.values()].some(({ run }) => run.id === id);
  }

  /** The one that stands by for a demo, if it is of the sources as they are now. Else it goes. */
  async take({ demo, folder, engine }: Runnable, fresh: boolean): Promise<Run | undefined> {
    const found = this.#byDemo.get(demo.name);
    if (found === undefined) return undefined;
    const isCurrent = !fresh && found.engine === engine && found.sources === (await hashSources(folder));
    this.#byDemo.delete(demo.name);
    if (isCurrent && found.run.adopt()) return found.run;
    this.#letGo(found.run);
    return undefined;
  }

  /** Once `run` is ready, starts a spare of it in the background, where the demo and the engine's memory allow one. */
  async keepSpare(run: Run, runnable: Runnable): Promise<void> {
    const { demo, engine } = runnable;
    if (!this.#keepsSpares || !allowsSpare(demo)) return;
    this.#shown.set(demo.name, run);
    void run.done.then(() => {
      if (this.#shown.get(demo.name) === run) this.#shown.delete(demo.name);
    });
    if (!(await gotReady(run, this.#closing.signal))) return;
    await delay(HEAD_START_MS, undefined, { signal: this.#closing.signal });
    const { memoryBytes } = await engine.status();
    const isRoomy = memoryOf(demo) <= memoryBytes * MEMORY_SHARE;
    if (!isRoomy || this.#shown.get(demo.name) !== run || this.#byDemo.has(demo.name)) return;
    await this.#start(runnable, 'ready');
  }

  /** Builds a demo's images. Resolves to the run, which ends when they are there, unless somebody takes it over before. */
  async build(runnable: Runnable): Promise<Run> {
    return this.#start(runnable, 'built');
  }

  /** Starts nothing more; resolves when all that stood by is gone from the engine. */
  async close(): Promise<void> {
    this.#closing.abort();
    for (const { run } of this.#byDemo.values()) this.#letGo(run);
    this.#byDemo.clear();
    await Promise.all(this.#leaving);
  }

  async #start(runnable: Runnable, standby: RunOptions['standby']): Promise<Run> {
    const { demo, folder, engine } = runnable;
    const { packed } = this;
    const previews = this.#previews;
    const [instance, sources] = await Promise.all([nameInstance(), hashSources(folder)]);
    this.#closing.signal.throwIfAborted();
    const options = { id: randomUUID(), engine, folder, instance, packed, previews, standby };
    const run = startRun(demo, { ...options, hurry: this.closing });
    this.#byDemo.set(demo.name, { run, engine, sources });
    void run.done.then(() => {
      if (this.#byDemo.get(demo.name)?.run === run) this.#byDemo.delete(demo.name);
    });
    return run;
  }

  #letGo(run: Run): void {
    run.stop();
    const gone = run.done.finally(() => this.#leaving.delete(gone));
    this.#leaving.add(gone);
  }
}

/** False when it ended before, or `signal` was aborted. */
async function gotReady(run: Run, signal: AbortSignal): Promise<boolean> {
  for await (const event of run.events(0, signal)) {
    if (event.type === 'phase' && event.phase === 'ready') return true;
  }
  return false;
}
