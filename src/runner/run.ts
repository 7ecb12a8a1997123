import type { Demo } from '../demo/demo.ts';
import type { RunSource } from '../demo/run/run-event.ts';
import type { Engine } from '../engine/engine.ts';
import { askApp } from './ask.ts';
import { cleanUp } from './containers/clean-up.ts';
import { toErrorEvent } from './failure.ts';
import { toLabels } from './instance.ts';
import { toOutputEvents } from './output-events.ts';
import { OutputGate } from './output-gate.ts';
import { prepareImages, readSources } from './build/prepare-images.ts';
import type { Previews } from './preview/preview.ts';
import { createReplicas, type Replicas } from './containers/replicas.ts';
import { nothingMade, type RunContext } from './run-context.ts';
import { RunLog } from './run-log.ts';
import { Standby, type StandbyGoal } from './containers/standby.ts';
import { syncFiles } from './containers/sync-files.ts';
import { startContainers } from './containers/start-containers.ts';
import { tellProcesses } from './containers/tell-processes.ts';
import { waitUntilReady } from './wait-ready.ts';
import { createKeeper, type Keeper } from './containers/keep-running.ts';
import { ServiceBoard } from './containers/service-board.ts';
import { createEdits, type Edits } from './edits/edits.ts';
import { makeWorkingCopy, type WorkingCopy } from './edits/working-copy.ts';
import { createShells, type Shells } from './shells/shells.ts';
import { watchServices } from './containers/watch-services.ts';
import type { ServiceAction } from '../demo/view.ts';

export interface RunOptions {
  /** Unique; the caller's. */
  id: string;
  engine: Engine;
  /** The demo's folder, absolute. */
  folder: string;
  /** Who we are, from `nameInstance()`. */
  instance: string;
  /** Build without the engine's cache. */
  fresh?: boolean;
  /** As on a stage without a network: what is not on this machine is an error. */
  offline?: boolean;
  /** What the slowest earlier build of this demo took, in ms, if that is known. */
  earlierBuildMs?: number | undefined;
  /** Milliseconds; only differences count. */
  now?: () => number;
  /** How long containers may take to be ready once they have started; the demo's budget, a start_period or a minute by default. */
  readyTimeoutMs?: number;
  /** Begins before anybody asks for it, and waits there. */
  standby?: StandbyGoal | undefined;
  /** Where the deck's frames show apps. */
  previews?: Previews | undefined;
  /** Images that came in a pack, name to id: they are not built again. */
  packed?: ReadonlyMap<string, string> | undefined;
  /** Aborted when Deckhand itself ends: what runs is given less time to stop. */
  hurry?: AbortSignal | undefined;
  /** Told what should not happen; the run then fails with a general error. */
  reportBug?: (error: unknown) => void;
}

/** A run in progress or over. Any number of readers may read its events, from any one on, at any time. */
export interface Run extends RunSource {
  readonly id: string;
  /** Somebody asks for a run that stands by: it goes on as any other. False when it had ended by then. */
  adopt(): boolean;
  /** Cancels what is under way, or stops what runs. Fine to call again. */
  stop(): void;
  /** Puts a question to the demo's ask target; the answer comes as an event. Throws a `UserError` when it can't be asked. */
  ask(question: string): Promise<void>;
  /** Starts another container of the image; it comes as events. Throws a `UserError` when there can't be one more. */
  addReplica(): Promise<void>;
  /** Kills, stops, starts a service, or starts one more container of it. Throws a `UserError` when it can't be done. */
  control(service: string, action: ServiceAction): Promise<void>;
  readonly shells: Omit<Shells, 'close'>;
  readonly edits: Omit<Edits, 'open'>;
  /** Resolves when everything that the run made is gone from the engine, and `exit` was told. Never rejects. */
  readonly done: Promise<void>;
}

/** Runs a demo from its folder to its end: build, start, wait, watch, clean up. */
export function startRun(demo: Demo, options: RunOptions): Run {
  const standby = new Standby(options.standby, options.now ?? performance.now.bind(performance));
  const { now } = standby;
  const log = new RunLog(now);
  const gate = new OutputGate(
    toOutputEvents((event) => log.push(event)),
    now,
  );
  const stopper = new AbortController();
  const emit: RunContext['emit'] = (event) => {
    // What was held back was printed before this.
    gate.flush();
    log.push(event);
  };
  const context: RunContext = {
    ...toSettings(demo, options),
    signal: stopper.signal,
    emit,
    board: new ServiceBoard(demo, (event) => {
      if (!standby.isHeld) emit(event);
    }),
    output: (origin, bytes) => {
      if (!standby.isHeld) gate.push(origin, bytes);
    },
    made: nothingMade(),
  };
  if (options.earlierBuildMs !== undefined) log.push({ type: 'earlier', buildMs: options.earlierBuildMs });
  const replicas = createReplicas(context);
  const keeper = createKeeper(context);
  const shells = createShells(context);
  const edits = createEdits(context, keeper);
  return {
    id: options.id,
    events: (from, signal) => log.events(from, signal),
    adopt: () => {
      const wasHeld = standby.isHeld;
      const waitedMs = standby.adopt();
      if (waitedMs !== undefined && wasHeld) context.emit({ type: 'spare', waitedMs });
      return waitedMs !== undefined;
    },
    stop: () => stopper.abort(),
    ask: async (question) => askApp(context, question),
    addReplica: async () => replicas.start(),
    control: async (service, action) =>
      action === 'scale' ? replicas.start(service) : keeper.act(service, action),
    shells,
    edits,
    done: runToEnd(context, { replicas, keeper, shells, edits, standby }, options.reportBug),
  };
}

function toSettings(
  demo: Demo,
  options: RunOptions,
): Omit<RunContext, 'signal' | 'emit' | 'board' | 'output' | 'made'> {
  return {
    demo,
    folder: options.folder,
    engine: options.engine,
    shortId: options.id.slice(0, 8),
    labels: toLabels(demo.name, options.id, options.instance),
    fresh: options.fresh ?? false,
    offline: options.offline ?? false,
    packed: options.packed ?? new Map(),
    previews: options.previews,
    readyTimeoutMs: options.readyTimeoutMs ?? toReadyTimeout(demo),
    hurry: options.hurry ?? new AbortController().signal,
  };
}

/** A service whose healthcheck has a long start_period says that it takes long: it downloads something the first time. */
function toReadyTimeout({ budgetMs, services }: Demo): number {
  return Math.max(60_000, budgetMs, ...services.map(({ healthcheck }) => healthcheck?.startPeriodMs ?? 0));
}

interface RunParts {
  replicas: Replicas;
  keeper: Keeper;
  shells: Shells;
  edits: Edits;
  standby: Standby;
}

async function runToEnd(
  context: RunContext,
  { replicas, keeper, shells, edits, standby }: RunParts,
  reportBug: RunOptions['reportBug'],
): Promise<void> {
  const { emit, signal } = context;
  let copy: WorkingCopy | undefined;
  let isDone = false;
  let isFailed = false;
  try {
    emit({ type: 'phase', phase: 'queued' });
    // Files that are edited are those of a copy: the author's own stay as they are.
    if ((context.demo.edit ?? []).length > 0) copy = await makeWorkingCopy(context.folder);
    if (copy !== undefined) context.folder = copy.folder;
    const sources = await readSources(context);
    await edits.open();
    await prepareImages(context, sources);
    if (!standby.endWhenBuilt()) {
      await startContainers(context);
      await waitUntilReady(context);
      emit({ type: 'phase', phase: 'ready' });
      await syncFiles(context, keeper);
      standby.hold();
    }
    isDone = true;
    void watchServices(context);
    await Promise.all([keeper.watch(), tellProcesses(context), replicas.open()]);
  } catch (error) {
    // After an abort, whatever fails fails because of it.
    if (!signal.aborted) {
      isFailed = true;
      emit(toErrorEvent(error) ?? bugEvent(error, reportBug));
    }
  }
  if (context.made.network !== undefined) emit({ type: 'phase', phase: 'stopping' });
  shells.close();
  await replicas.close();
  await cleanUp(context);
  await copy?.remove().catch(() => undefined);
  emit({ type: 'phase', phase: isFailed ? 'failed' : isDone ? 'stopped' : 'cancelled' });
  emit({ type: 'exit', status: isFailed ? 1 : isDone ? 0 : 130 });
}

function bugEvent(error: unknown, reportBug: RunOptions['reportBug']): Parameters<RunContext['emit']>[0] {
  reportBug?.(error);
  const message = error instanceof Error ? error.message : String(error);
  return { type: 'error', code: 'internal', message, hint: 'This is a bug in Deckhand: please report it.' };
}
