import { reportBug } from '../../debug/report-bug.ts';
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { compareRuns, isSlower } from '../../demo/run/compare-runs.ts';
import type { Demo } from '../../demo/demo.ts';
import type { RunBlock } from '../../demo/run-block.ts';
import type { RunEvent } from '../../demo/run/run-event.ts';
import type { RunView } from '../../demo/run/run-view.ts';
import { UserError } from '../../demo/user-error.ts';
import type { Engine, Labelled } from '../../engine/engine.ts';
import { DEMO_LABEL, INSTANCE_LABEL } from '../../runner/instance.ts';
import { LOCAL_RECORDING, RECORDING } from '../../runner/recorder/recording-folders.ts';
import type { RedactOptions } from '../../runner/recorder/redact-text.ts';
import { rehearseRun, type Problem, type RehearsedRun } from '../../runner/rehearse-run.ts';
import { startRun } from '../../runner/run.ts';
import type { CatalogEntry } from '../demos/catalog-entry.ts';
import { recordDemo } from '../runs/live-runs.ts';
import { readRecordingState } from '../demos/recording-state.ts';
import { toSeconds } from './seconds.ts';

export interface RehearseParts {
  engine: Engine;
  /** Who we are, from `nameInstance()`. */
  instance: string;
  /** Without the build cache, the first time. */
  cold: boolean;
  offline: boolean;
  record: boolean;
  redact: RedactOptions;
  /** The deck's code blocks, of every demo. */
  blocks?: readonly RunBlock[];
  /** Somebody wants it to end. */
  signal: AbortSignal;
  onEvent(demo: string, run: 1 | 2, event: RunEvent, view: RunView): void;
}

/** What a run took, in ms; what it never came to is missing. */
export interface RunTimes {
  buildMs?: number;
  /** From its beginning to the app's first answer. */
  readyMs?: number;
}

export interface RehearsedDemo {
  name: string;
  budgetMs?: number;
  first?: RunTimes;
  second?: RunTimes;
  /** With any, it failed. */
  problems: Problem[];
  /** Worth knowing, and no failure. */
  remarks: string[];
  isRecorded: boolean;
  /** Somebody ended it in the middle. */
  isInterrupted: boolean;
}

/** Long enough for a replay to be followed; the recording shortens longer silences to this. */
const PAUSE_MS = 2000;

/** Runs a demo twice from clean, the first time recorded, and says what is wrong with it. */
export async function rehearseDemo(
  entry: CatalogEntry,
  demo: Demo,
  parts: RehearseParts,
): Promise<RehearsedDemo> {
  const result: RehearsedDemo = {
    name: demo.name,
    budgetMs: demo.budgetMs,
    problems: [],
    remarks: [],
    isRecorded: false,
    isInterrupted: false,
  };
  if (parts.offline && parts.engine.facts.flavour === 'podman') {
    result.remarks.push("its containers' network was not cut: Podman would not publish their ports then");
  }
  if ((entry.asks ?? []).length > 0)
    result.remarks.push(
      `you allowed it more than a demo gets: ${(entry.asks ?? []).map(({ text }) => text).join(' ')}`,
    );
  const before = await parts.engine.list(`${DEMO_LABEL}=${demo.name}`);
  const { notRecorded, ...first } = await runFirst(entry, demo, parts, result);
  result.first = toTimes(first);
  if (result.problems.length === 0 && !parts.signal.aborted) {
    const second = await runSecond(entry, demo, parts, result);
    result.second = toTimes(second);
    if (!parts.signal.aborted) judge(first.view, second.view, demo, result);
  }
  if (notRecorded !== undefined) result.problems.push(notRecorded);
  const left = findLeft(before, await parts.engine.list(`${DEMO_LABEL}=${demo.name}`), parts.instance);
  if (left !== '') {
    const hint = 'Deckhand could not remove it: `deckhand sweep` tries again once this has ended.';
    result.problems.push({ message: `It left behind on the engine: ${left}.`, hint });
  }
  result.isInterrupted = parts.signal.aborted;
  if (!result.isInterrupted) result.problems.push(...(await checkRecording(entry, result, parts)));
  return result;
}

async function runFirst(
  entry: CatalogEntry,
  demo: Demo,
  parts: RehearseParts,
  result: RehearsedDemo,
): Promise<RehearsedRun & { notRecorded?: Problem }> {
  const { engine, instance, redact, record } = parts;
  const run = start(entry, demo, parts, parts.cold);
  const isWanted = () => result.problems.length === 0 && !parts.signal.aborted;
  const recording = record
    ? recordDemo(run, { entry, demo, engine, instance, redact, into: RECORDING, isWanted }).catch(
        (error: unknown) => toNotRecorded(error),
      )
    : Promise.resolve(false);
  const rehearsed = await follow(run, demo, parts, result, { number: 1, pauseMs: record ? PAUSE_MS : 0 });
  const recorded = await recording;
  if (typeof recorded !== 'boolean') return { ...rehearsed, notRecorded: recorded };
  result.isRecorded = recorded;
  // The rehearsal's is the one to be shown from now on.
  if (recorded) await rm(join(entry.folder, LOCAL_RECORDING), { recursive: true, force: true });
  return rehearsed;
}

async function runSecond(
  entry: CatalogEntry,
  demo: Demo,
  parts: RehearseParts,
  result: RehearsedDemo,
): Promise<RehearsedRun> {
  return follow(start(entry, demo, parts, false), demo, parts, result, { number: 2, pauseMs: 0 });
}

type Started = ReturnType<typeof startRun>;

function start(
  { folder, recording }: CatalogEntry,
  demo: Demo,
  parts: RehearseParts,
  fresh: boolean,
): Started {
  const { engine, instance, offline } = parts;
  const earlierBuildMs = recording?.slowestBuildMs;
  return startRun(demo, {
    id: randomUUID(),
    engine,
    instance,
    folder,
    fresh,
    offline,
    earlierBuildMs,
    reportBug,
  });
}

async function follow(
  run: Started,
  demo: Demo,
  { signal, onEvent, blocks = [] }: RehearseParts,
  result: RehearsedDemo,
  { number, pauseMs }: { number: 1 | 2; pauseMs: number },
): Promise<RehearsedRun> {
  const stop = (): void => run.stop();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) run.stop();
  const which = number === 1 ? '' : 'The second time: ';
  const rehearsed = await rehearseRun(run, demo, {
    pauseMs,
    blocks: blocks.filter((block) => block.demo === demo.name),
    onEvent: (event, seen) => onEvent(demo.name, number, event, seen),
    onProblem: (problem) => {
      if (!signal.aborted) result.problems.push({ ...problem, message: `${which}${problem.message}` });
    },
  });
  signal.removeEventListener('abort', stop);
  return rehearsed;
}

function toTimes({ buildMs, view: { readyAt } }: RehearsedRun): RunTimes {
  return {
    ...(buildMs === undefined ? {} : { buildMs }),
    ...(readyAt === undefined ? {} : { readyMs: readyAt }),
  };
}

/** What only both runs together tell. */
function judge(first: RunView, second: RunView, { budgetMs }: Demo, result: RehearsedDemo): void {
  const { problems, remarks } = result;
  for (const difference of problems.length === 0 ? compareRuns(first, second) : []) {
    const hint = 'State survives between runs, or is random: the result may differ on stage, too.';
    problems.push({ message: `The two runs differ: ${difference}.`, hint });
  }
  const [firstMs, secondMs] = [first.readyAt ?? 0, second.readyAt ?? 0];
  const budget = toSeconds(budgetMs);
  if (secondMs > budgetMs) {
    const hint = 'Make it faster, or raise x-demo.budget: on stage the recording would be offered meanwhile.';
    problems.push({
      message: `Its second start took ${toSeconds(secondMs)}, over its budget of ${budget}.`,
      hint,
    });
  } else if (firstMs > budgetMs) {
    remarks.push(
      `its first start took ${toSeconds(firstMs)}, over its budget of ${budget}: have it built before the talk`,
    );
  }
  if (isSlower(first, second)) {
    remarks.push(`its second start took ${toSeconds(secondMs)}, the first only ${toSeconds(firstMs)}`);
  }
}

/** What is of this process, or an image that lost its name meanwhile: `1 container, 1 network`. Named volumes stay on purpose. */
export function findLeft(before: readonly Labelled[], after: readonly Labelled[], instance: string): string {
  const known = new Set(before.map(({ id }) => id));
  const left = after.filter(({ id, kind, labels, isDangling }) => {
    if (kind === 'image') return isDangling === true && !known.has(id);
    return kind !== 'volume' && labels[INSTANCE_LABEL] === instance;
  });
  const counts = new Map<string, number>();
  for (const { kind } of left) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => `${count} ${kind}${count === 1 ? '' : 's'}`).join(', ');
}

async function checkRecording(
  { folder }: CatalogEntry,
  { problems, isRecorded }: RehearsedDemo,
  { record }: RehearseParts,
): Promise<Problem[]> {
  const hasFailed = problems.length > 0;
  const state = await readRecordingState(folder);
  if (state.kind === 'fresh' || (state.kind === 'none' && hasFailed)) return [];
  const what = {
    none: 'It has no recording.',
    stale: isRecorded
      ? 'Its files changed while it was rehearsed: the recording is of how they were.'
      : 'Its recording is stale: its files changed since.',
    'cut-off': 'Its recording is cut off before its end.',
    unreadable: `Its recording can't be read: ${state.kind === 'unreadable' ? state.why : ''}.`,
  }[state.kind];
  return [
    {
      message: what,
      hint: record ? 'A rehearsal without a failure replaces it.' : 'Rehearse without --no-record.',
    },
  ];
}

function toNotRecorded(error: unknown): Problem {
  if (error instanceof UserError) return { message: error.message, hint: error.hint };
  return { message: `Not recorded: ${error instanceof Error ? error.message : String(error)}`, hint: '' };
}
