import { lstat, readdir } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { parseDemo } from '../../demo/compose/compose.ts';
import type { DemoDiagnostic } from '../../demo/compose/demo-diagnostic.ts';
import { LIMITS, VIEWS, type Demo } from '../../demo/demo.ts';
import type { DemoSummary } from '../../demo/demo-summary.ts';
import { toPace, type RecordedPace } from '../../demo/recording/recorded-pace.ts';
import { toBuildMs, toRunView } from '../../demo/run/run-view.ts';
import { toTimeline } from '../../demo/recording/timeline.ts';
import { LOCAL_RECORDING } from '../../runner/recorder/recording-folders.ts';
import type { SafetyPlan } from '../../server/runs/safety-net.ts';
import { UserError } from '../../demo/user-error.ts';
import { findInside, readInside } from '../../files/open-inside.ts';
import { type ChosenRecording, chooseRecording } from './chosen-recording.ts';

/** A demo and where it lives. A demo whose file has mistakes is kept, with what they are. */
export interface CatalogEntry {
  name: string;
  folder: string;
  demo: Demo | undefined;
  problem: UserError | undefined;
  /** All that is wrong with its file; `problem` is the first of it. */
  mistakes?: readonly DemoDiagnostic[];
  recording: DemoSummary['recording'];
  /** Where the recording that it plays is, absolute. */
  recordingFolder: string;
  /** Whether that is of a live run here, newer than the one that belongs to the deck. */
  isLocal?: boolean;
  /** Of the recording, if it tells a run that got ready. */
  pace: RecordedPace | undefined;
  sources: DemoSummary['sources'];
}

/** Of a demo whose file has mistakes: nothing of it runs, its recording plays. */
const NO_PLAN: Pick<Demo, 'budgetMs' | 'fallback'> = { budgetMs: LIMITS.budgetMs, fallback: 'ask' };

/** The demos of a deck: the folders under `demos/`, beside it or beside its folder. */
export class DemoCatalog {
  entries: CatalogEntry[] = [];
  /** Demo to why its newest run was not recorded. */
  readonly notRecorded = new Map<string, string>();
  /** The folders whose files the entries are read from: those of demos that are only begun as well. */
  places: ReadonlySet<string> = new Set();
  readonly #folders: readonly string[];
  readonly #cwd: string;

  private constructor(folders: readonly string[], cwd: string) {
    this.#folders = folders.map((folder) => join(folder, 'demos'));
    this.#cwd = cwd;
  }

  static async open(folders: readonly string[], cwd: string): Promise<DemoCatalog> {
    const catalog = new DemoCatalog(folders, cwd);
    await catalog.reload();
    return catalog;
  }

  /** Reads the demos' files and recordings again. */
  async reload(): Promise<void> {
    const found: CatalogEntry[] = [];
    for (const folder of this.#folders) {
      const names = await readdir(folder, { withFileTypes: true }).catch(() => []);
      const demos = names.filter(
        (name) => name.isDirectory() && !found.some((one) => one.name === name.name),
      );
      found.push(
        ...(await Promise.all(demos.map((name) => readEntry(join(folder, name.name), name.name, this.#cwd)))),
      );
    }
    this.places = new Set([...this.#folders, ...found.flatMap(toPlaces)]);
    this.entries = found.filter((entry) => entry.demo !== undefined || entry.problem !== undefined);
  }

  /** What the demos are read from, there or not. */
  get sourceFiles(): string[] {
    return this.entries.flatMap(({ folder, demo }) => [
      join(folder, 'compose.yaml'),
      ...toDockerfiles(folder, demo),
    ]);
  }

  find(name: string): CatalogEntry | undefined {
    return this.entries.find((entry) => entry.name === name);
  }

  /** What is done when a live run of the demo does not work out. */
  safetyPlan(name: string): SafetyPlan | undefined {
    const { demo, pace, recording } = this.find(name) ?? {};
    const { budgetMs, fallback } = demo ?? NO_PLAN;
    const isRecorded = recording !== undefined;
    return demo === undefined && !isRecorded ? undefined : { budgetMs, fallback, pace, isRecorded };
  }

  /** What the compiler checks `.demo` divs against. A demo whose file has mistakes may have any view. */
  get views(): ReadonlyMap<string, readonly string[]> {
    return new Map(this.entries.map((entry) => [entry.name, entry.demo?.views ?? VIEWS]));
  }

  /** What screens are told; `problem` is why nothing can run at all now. */
  summaries(problem: UserError | undefined, isLooking = false): DemoSummary[] {
    return this.entries.map((entry) => {
      const canBeKept = entry.recording !== undefined && entry.isLocal === true;
      const notRecorded = this.notRecorded.get(entry.name);
      return {
        ...toSummary(entry, entry.problem ?? problem),
        ...(isLooking && entry.problem === undefined ? { isLooking } : {}),
        ...(!isLooking && problem !== undefined && entry.problem === undefined ? { noEngine: true } : {}),
        ...(notRecorded === undefined ? {} : { notRecorded }),
        ...(canBeKept ? { canBeKept } : {}),
      };
    });
  }
}

function toPlaces({ folder, demo }: CatalogEntry): string[] {
  return [folder, ...toDockerfiles(folder, demo).map((file) => dirname(file))];
}

function toDockerfiles(folder: string, demo: Demo | undefined): string[] {
  const builds = demo?.services.flatMap(({ build }) => (build === undefined ? [] : [build])) ?? [];
  return builds.map(({ context, dockerfile }) => join(folder, context, dockerfile));
}

function toSummary(
  { name, demo, recording, sources }: CatalogEntry,
  problem: UserError | undefined,
): DemoSummary {
  return {
    name,
    title: demo?.title ?? name,
    views: demo?.views ?? [],
    sources,
    ...(demo?.ask === undefined ? {} : { ask: { examples: demo.ask.examples } }),
    ...(demo?.idleMs === undefined ? {} : { idleMs: demo.idleMs }),
    canRun: problem === undefined,
    ...(problem === undefined ? {} : { problem: { message: problem.message, hint: problem.hint } }),
    ...(recording === undefined ? {} : { recording }),
  };
}

/** Compose's own names, in its order. */
const COMPOSE_FILES = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];
/** More than a demo's sources may have; a folder is read again with every save. */
const MOST_BYTES = 1024 * 1024;

async function readEntry(folder: string, name: string, cwd: string): Promise<CatalogEntry> {
  const found = await readCompose(folder);
  const shown = relative(cwd, join(folder, found?.file ?? 'compose.yaml'));
  const parsed = found?.text === undefined ? undefined : parseDemo(found.text, { file: shown });
  const chosen = await chooseRecording(folder);
  const recorded = summarize(chosen.recording, parsed?.demo?.idleMs);
  const recordingFolder = (await findInside(folder, chosen.folder))?.path ?? join(chosen.folder, 'none');
  const entry = {
    name,
    folder,
    recordingFolder,
    isLocal: basename(chosen.folder) === LOCAL_RECORDING,
    demo: undefined,
    problem: undefined,
    sources: [],
    ...recorded,
  };
  if (parsed === undefined) {
    if (found === undefined) return entry;
    const hint = "Write it into the demo's folder itself.";
    const message = `${shown} can't be read: it isn't a file inside its folder, or has over 1 MB.`;
    return { ...entry, problem: new UserError('bad-demo', message, hint) };
  }
  if (parsed.demo !== undefined) {
    const sources = await readSources(folder, parsed.demo);
    return { ...entry, demo: parsed.demo, sources };
  }
  const [first] = parsed.diagnostics;
  const place = first === undefined ? shown : `${shown}:${first.line}:${first.column}`;
  const problem = new UserError('bad-demo', `${place}: ${first?.message ?? 'no demo'}`, first?.hint ?? '');
  return { ...entry, problem, mistakes: parsed.diagnostics };
}

/** The demo's file and its text; no text when it is a link that leads out, a FIFO, or too large to be one. */
async function readCompose(folder: string): Promise<{ file: string; text: string | undefined } | undefined> {
  for (const file of COMPOSE_FILES) {
    const isThere = (await lstat(join(folder, file)).catch(() => undefined)) !== undefined;
    if (isThere) return { file, text: (await readInside(folder, file, MOST_BYTES))?.toString('utf8') };
  }
  return undefined;
}

async function readSources(folder: string, demo: Demo): Promise<DemoSummary['sources']> {
  const built = demo.services.flatMap(({ name, build }) =>
    build === undefined ? [] : [{ service: name, build }],
  );
  const read = built.map(async ({ service, build }) => {
    const bytes = await readInside(folder, join(build.context, build.dockerfile), MOST_BYTES);
    const text = bytes?.toString('utf8') ?? '';
    return { service, file: build.dockerfile, text };
  });
  return Promise.all(read);
}

function summarize(
  recording: ChosenRecording['recording'],
  idleMs: number | undefined,
): Pick<CatalogEntry, 'recording' | 'pace'> {
  if (recording === undefined || 'unreadable' in recording) return { recording: undefined, pace: undefined };
  const standIn = recording.facts?.standIn;
  const view = toRunView(recording.events);
  const slowestBuildMs = Math.max(toBuildMs(view) ?? 0, view.earlierBuildMs ?? 0);
  const summary = {
    date: new Date(recording.timestamp * 1000).toISOString(),
    durationMs: recording.events.at(-1)?.at ?? 0,
    slowestBuildMs,
    ...(standIn === undefined ? {} : { standIn }),
  };
  const pace = toPace(toTimeline(recording, idleMs));
  return { recording: summary, pace: pace.phases.has('ready') ? pace : undefined };
}
