import { readdir } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import type { DemoDiagnostic } from '../../demo/demo-diagnostic.ts';
import { LIMITS, type Demo } from '../../demo/demo.ts';
import { namesOf } from '../../demo/views-of.ts';
import type { DemoSummary } from '../../demo/demo-summary.ts';
import { toPace, type RecordedPace } from '../../demo/recording/recorded-pace.ts';
import { toBuildMs, toRunView } from '../../demo/run/run-view.ts';
import { toTimeline } from '../../demo/recording/timeline.ts';
import { LOCAL_RECORDING } from '../../runner/recorder/recording-folders.ts';
import type { SafetyPlan } from '../../server/runs/safety-net.ts';
import { COMPOSE_FILES } from '../../compose/read-project.ts';
import type { Ask } from '../../compose/demo/asks.ts';
import type { DemoSource, DemoSources } from './demo-sources.ts';
import { readDemoFolder } from './read-demo-folder.ts';
import { UserError } from '../../demo/user-error.ts';
import { findInside, readInside } from '../../files/open-inside.ts';
import { type ChosenRecording, chooseRecording } from './chosen-recording.ts';

/** A demo and where it lives. A demo whose file has mistakes is kept, with what they are. */
export interface CatalogEntry {
  name: string;
  folder: string;
  /** Compose files instead of those that the folder has; absolute. */
  files?: string[];
  /** What its files were looked for as, there or not; absolute. */
  readFrom?: readonly string[];
  demo: Demo | undefined;
  problem: UserError | undefined;
  /** All that is wrong with its file; `problem` is the first of it. */
  mistakes?: readonly DemoDiagnostic[];
  /** What it asks for beyond the default: allowed, when it has a demo. */
  asks?: readonly Ask[];
  /** What of its file is left out or done otherwise, in a sentence each. */
  notes?: readonly string[];
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
  #sources: DemoSources;

  private constructor(folders: readonly string[], cwd: string, sources: DemoSources) {
    this.#sources = sources;
    this.#folders = folders.map((folder) => join(folder, 'demos'));
    this.#cwd = cwd;
  }

  /** The demos under `folders`, and those that a deck names elsewhere. */
  static async open(
    folders: readonly string[],
    cwd: string,
    sources: DemoSources = new Map(),
  ): Promise<DemoCatalog> {
    const catalog = new DemoCatalog(folders, cwd, sources);
    await catalog.reload();
    return catalog;
  }

  /** Reads the demos' files and recordings again. */
  async reload(): Promise<void> {
    const named = [...this.#sources].map(([name, source]) =>
      readEntry({ ...source, name, isNamed: true }, this.#cwd),
    );
    const found = await Promise.all(named);
    for (const folder of this.#folders) {
      const names = await readdir(folder, { withFileTypes: true }).catch(() => []);
      const demos = names.filter(
        (name) => name.isDirectory() && !found.some((one) => one.name === name.name),
      );
      found.push(
        ...(await Promise.all(
          demos.map((name) => readEntry({ folder: join(folder, name.name), name: name.name }, this.#cwd)),
        )),
      );
    }
    this.places = new Set([...this.#folders, ...found.flatMap(toPlaces)]);
    this.entries = found.filter((entry) => entry.demo !== undefined || entry.problem !== undefined);
  }

  /** What the demos are read from, there or not. */
  get sourceFiles(): string[] {
    return this.entries.flatMap(({ folder, demo, readFrom = [] }) => [
      ...readFrom,
      ...toDockerfiles(folder, demo),
    ]);
  }

  /** Takes the projects that the deck names now. True when they are others than before, and were read. */
  async useSources(sources: DemoSources): Promise<boolean> {
    const toText = (one: DemoSources) => JSON.stringify([...one]);
    if (toText(sources) === toText(this.#sources)) return false;
    this.#sources = sources;
    await this.reload();
    return true;
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

  /** What the compiler checks `.demo` divs against. One whose file has mistakes names none: it may have any. */
  get views(): ReadonlyMap<string, readonly string[]> {
    return new Map(this.entries.map(({ name, demo }) => [name, demo === undefined ? [] : namesOf(demo)]));
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
        ...allowedTo(entry),
      };
    });
  }
}

/** Its asks are all allowed when it has a demo. */
function allowedTo({ demo, asks = [] }: CatalogEntry): Pick<DemoSummary, 'allowed'> {
  return demo === undefined || asks.length === 0 ? {} : { allowed: asks.map(({ text }) => text) };
}

function toPlaces({ folder, demo, readFrom = [] }: CatalogEntry): string[] {
  return [folder, ...[...readFrom, ...toDockerfiles(folder, demo)].map((file) => dirname(file))];
}

function toDockerfiles(folder: string, demo: Demo | undefined): string[] {
  const builds = demo?.services.flatMap(({ build }) => (build === undefined ? [] : [build])) ?? [];
  return builds.map(({ root = folder, context, dockerfile }) => join(root, context, dockerfile));
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
    ...(demo?.edits === undefined ? {} : { edits: demo.edits.map((one) => one.name) }),
    ...(demo?.idleMs === undefined ? {} : { idleMs: demo.idleMs }),
    canRun: problem === undefined,
    ...(problem === undefined ? {} : { problem: { message: problem.message, hint: problem.hint } }),
    ...(recording === undefined ? {} : { recording }),
  };
}

/** More than a demo's sources may have; a folder is read again with every save. */
const MOST_BYTES = 1024 * 1024;

interface Place extends DemoSource {
  name: string;
  /** By the deck itself, outside of `demos/`. */
  isNamed?: true;
}

async function readEntry(place: Place, cwd: string): Promise<CatalogEntry> {
  const { folder, name, files, settings, isNamed } = place;
  const readFrom = new Set<string>();
  const project = await readDemoFolder({
    folder,
    name,
    cwd,
    files,
    settings,
    onAsk: (path) => readFrom.add(path),
  });
  const chosen = await chooseRecording(folder);
  const recorded = summarize(chosen.recording, project?.demo?.idleMs);
  const recordingFolder = (await findInside(folder, chosen.folder))?.path ?? join(chosen.folder, 'none');
  const entry = {
    name,
    folder,
    ...(files === undefined ? {} : { files }),
    readFrom: [...readFrom],
    recordingFolder,
    isLocal: basename(chosen.folder) === LOCAL_RECORDING,
    demo: undefined,
    problem: undefined,
    sources: [],
    ...recorded,
  };
  if (project === undefined) {
    if (isNamed !== true) return entry;
    const shown = relative(cwd, folder) || folder;
    const hint = `Compose's names: ${COMPOSE_FILES.join(', ')}.`;
    const message = `There is no Compose file in ${shown}.`;
    const mistake = { code: 'bad-demo', message, hint, file: shown, line: 1, column: 1 };
    return { ...entry, problem: new UserError('bad-demo', message, hint), mistakes: [mistake] };
  }
  const { demo, diagnostics, asks, notes } = project;
  if (demo !== undefined) {
    const sources = await readSources(folder, demo);
    const [missing] = demo.missing ?? [];
    const mistakes = diagnostics.length === 0 ? {} : { mistakes: diagnostics };
    if (missing === undefined) return { ...entry, ...mistakes, demo, sources, asks, notes };
    const hint = 'Make it (often from an example beside it), or add required: false.';
    const problem = new UserError('no-file', `There is no env file ${missing}, or it can't be read.`, hint);
    return { ...entry, ...mistakes, demo, problem, sources, asks, notes };
  }
  const [first] = diagnostics;
  const where = first === undefined ? name : `${first.file}:${first.line}:${first.column}`;
  const problem = new UserError('bad-demo', `${where}: ${first?.message ?? 'no demo'}`, first?.hint ?? '');
  return { ...entry, problem, mistakes: diagnostics, asks, notes };
}

async function readSources(folder: string, demo: Demo): Promise<DemoSummary['sources']> {
  const built = demo.services.flatMap(({ name, build }) =>
    build === undefined ? [] : [{ service: name, build }],
  );
  const read = built.map(async ({ service, build }) => {
    if (build.inline !== undefined) return { service, file: 'compose.yaml', text: build.inline };
    const bytes = await readInside(build.root ?? folder, join(build.context, build.dockerfile), MOST_BYTES);
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
