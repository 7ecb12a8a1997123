import { basename, join, relative } from 'node:path';
import type { DemoDiagnostic } from '../../demo/demo-diagnostic.ts';
import { type Demo } from '../../demo/demo.ts';

import type { DemoSummary } from '../../demo/demo-summary.ts';
import { toPace, type RecordedPace } from '../../demo/recording/recorded-pace.ts';
import { toBuildMs, toRunView } from '../../demo/run/fold-run-event.ts';
import { toTimeline } from '../../demo/recording/timeline.ts';
import { LOCAL_RECORDING } from '../../runner/recorder/recording-folders.ts';

import { COMPOSE_FILES } from '../../compose/read-project.ts';
import type { Ask } from '../../compose/demo/asks.ts';
import type { DemoSource } from './demo-sources.ts';
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

/** More than a demo's sources may have; a folder is read again with every save. */
const MAX_BYTES = 1024 * 1024;

export interface Place extends DemoSource {
  name: string;
  /** By the deck itself, outside of `demos/`. */
  isNamed?: true;
}

/** Reads a demo's folder: its project, its recording, its Dockerfiles. What is wrong with them is in the entry. */
export async function readEntry(place: Place, cwd: string): Promise<CatalogEntry> {
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
    const bytes = await readInside(build.root ?? folder, join(build.context, build.dockerfile), MAX_BYTES);
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
