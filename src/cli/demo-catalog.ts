import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { parseDemo } from '../demo/compose.ts';
import type { Demo } from '../demo/demo.ts';
import type { DemoSummary } from '../demo/demo-summary.ts';
import { toPace, type RecordedPace } from '../demo/recorded-pace.ts';
import { toBuildMs, toRunView } from '../demo/run-view.ts';
import { toTimeline } from '../demo/timeline.ts';
import type { SafetyPlan } from '../server/safety-net.ts';
import { UserError } from '../demo/user-error.ts';
import { readRecordingFile } from './read-recording-file.ts';

/** A demo and where it lives. A demo whose file has mistakes is kept, with what they are. */
export interface CatalogEntry {
  name: string;
  folder: string;
  demo: Demo | undefined;
  problem: UserError | undefined;
  recording: DemoSummary['recording'];
  /** Of the recording, if it tells a run that got ready. */
  pace: RecordedPace | undefined;
  sources: DemoSummary['sources'];
}

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

  find(name: string): CatalogEntry | undefined {
    return this.entries.find((entry) => entry.name === name);
  }

  /** What is done when a live run of the demo does not work out. */
  safetyPlan(name: string): SafetyPlan | undefined {
    const { demo, pace } = this.find(name) ?? {};
    return demo === undefined ? undefined : { budgetMs: demo.budgetMs, fallback: demo.fallback, pace };
  }

  /** What the compiler checks `.demo` divs against. */
  get views(): ReadonlyMap<string, readonly string[]> {
    return new Map(this.entries.map((entry) => [entry.name, entry.demo?.views ?? []]));
  }

  /** What screens are told; `problem` is why nothing can run at all now. */
  summaries(problem: UserError | undefined, isLooking = false): DemoSummary[] {
    return this.entries.map((entry) => {
      const notRecorded = this.notRecorded.get(entry.name);
      return {
        ...toSummary(entry, entry.problem ?? problem),
        ...(isLooking && entry.problem === undefined ? { isLooking } : {}),
        ...(notRecorded === undefined ? {} : { notRecorded }),
      };
    });
  }
}

function toPlaces({ folder, demo }: CatalogEntry): string[] {
  const builds = demo?.services.flatMap(({ build }) => (build === undefined ? [] : [build])) ?? [];
  return [folder, ...builds.map(({ context, dockerfile }) => dirname(join(folder, context, dockerfile)))];
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

async function readEntry(folder: string, name: string, cwd: string): Promise<CatalogEntry> {
  const file = join(folder, 'compose.yaml');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  const shown = relative(cwd, file);
  const parsed = text === undefined ? undefined : parseDemo(text, { file: shown });
  const cast = join(folder, 'recording', 'run.cast');
  const recorded = await readRecordingSummary(cast, parsed?.demo?.idleMs);
  const entry = { name, folder, demo: undefined, problem: undefined, sources: [], ...recorded };
  if (parsed === undefined) return entry;
  if (parsed.demo !== undefined) {
    const sources = await readSources(folder, parsed.demo);
    return { ...entry, demo: parsed.demo, sources };
  }
  const [first] = parsed.diagnostics;
  const place = first === undefined ? shown : `${shown}:${first.line}:${first.column}`;
  const problem = new UserError('bad-demo', `${place}: ${first?.message ?? 'no demo'}`, first?.hint ?? '');
  return { ...entry, problem };
}

async function readSources(folder: string, demo: Demo): Promise<DemoSummary['sources']> {
  const built = demo.services.flatMap(({ name, build }) =>
    build === undefined ? [] : [{ service: name, build }],
  );
  const read = built.map(async ({ service, build }) => {
    const text = await readFile(join(folder, build.context, build.dockerfile), 'utf8').catch(() => '');
    return { service, file: build.dockerfile, text };
  });
  return Promise.all(read);
}

async function readRecordingSummary(
  file: string,
  idleMs: number | undefined,
): Promise<Pick<CatalogEntry, 'recording' | 'pace'>> {
  const recording = await readRecordingFile(file);
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
