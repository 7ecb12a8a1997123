import { reportBug } from '../../debug/report-bug.ts';
import { join } from 'node:path';
import { UserError } from '../../demo/user-error.ts';
import { RUN_EVENT_VERSION } from '../../demo/run/run-event.ts';
import type { RecordingFacts } from '../../demo/recording/recording.ts';
import type { Demo } from '../../demo/demo.ts';
import type { Engine } from '../../engine/engine.ts';
import { hashSources } from '../../runner/build/hash-sources.ts';
import { nameInstance } from '../../runner/instance.ts';
import type { Previews } from '../../runner/preview/preview.ts';
import { type RecordOptions, recordRun } from '../../runner/recorder/record.ts';
import { LOCAL_RECORDING, type RECORDING } from '../../runner/recorder/recording-folders.ts';
import type { RedactOptions } from '../../runner/recorder/redact-text.ts';
import { toImage, toImageTag } from '../../runner/run-context.ts';
import { startRun, type Run } from '../../runner/run.ts';
import { findSecrets } from '../../runner/recorder/secrets.ts';
import type { StartRun } from '../../server/runs/runs.ts';
import { countAnswers } from '../demos/chosen-recording.ts';
import type { CatalogEntry } from '../demos/catalog-entry.ts';
import type { DemoCatalog } from '../demos/demo-catalog.ts';
import type { EngineWatch } from './engine-watch.ts';
import { readRecordingFile } from '../demos/read-recording-file.ts';
import type { StandbyRuns } from './standby-runs.ts';
import { redactLive } from './redact-live.ts';
import { takePicture } from '../../chromium/take-picture.ts';

export interface LiveRunParts {
  catalog: DemoCatalog;
  engines: EngineWatch;
  /** Whether runs replace their demo's recording. */
  record: boolean;
  /** What recordings must not show, beside the secrets that the demos' files give away. */
  redact: RedactOptions;
  /** Screens don't show it either. */
  redactLive: boolean;
  /** Where the deck's frames show apps. */
  previews: Previews;
  /** Runs that began before anybody asked for them. */
  standby: StandbyRuns;
  /** There is a new recording in the catalog, or why there is none. */
  onChange(): void;
  /** A run is over. */
  onEnd(): void;
}

/** Starts runs of the catalog's demos on the engine that is there. */
export function toStartRun(parts: LiveRunParts): StartRun {
  const { catalog, engines, standby, previews } = parts;
  const named = nameInstance();
  return async (name, { id, fresh }) => {
    const entry = catalog.find(name);
    if (entry?.demo === undefined || entry.problem !== undefined) {
      throw entry?.problem ?? new UserError('no-demo', `There is no demo "${name}".`, 'Reload the page.');
    }
    // In a talk's first second.
    await engines.firstLook;
    const found = engines.current;
    if (found.engine === undefined) throw found.problem;
    const { engine } = found;
    const { demo, folder } = entry;
    const earlierBuildMs = entry.recording?.slowestBuildMs;
    const instance = await named;
    const runnable = { demo, folder, engine };
    const { packed } = standby;
    const spare = await standby.take(runnable, fresh);
    const { closing: hurry } = standby;
    const start = { id, fresh, folder, engine, instance, earlierBuildMs, packed, previews };
    const run = spare ?? startRun(demo, { ...start, hurry, reportBug });
    void run.done.then(parts.onEnd);
    // A demo without a spare is reset more slowly; that is all.
    standby.keepSpare(run, runnable).catch(() => undefined);
    if (spare === undefined && parts.record) {
      const [into, isWanted] = [LOCAL_RECORDING, isBetterThanLocal(entry)] as const;
      const recorded = { entry, demo, engine, instance, redact: parts.redact, into, isWanted };
      void tellRecording(recordDemo(run, recorded), name, parts);
    }
    if (!parts.redactLive) return run;
    return redactLive(run, { ...parts.redact, secrets: [...parts.redact.secrets, ...findSecrets(demo)] });
  };
}

async function tellRecording(recording: Promise<boolean>, demo: string, parts: LiveRunParts): Promise<void> {
  const { catalog, onChange } = parts;
  try {
    if (!(await recording)) return;
    catalog.notRecorded.delete(demo);
    await catalog.reload();
  } catch (error) {
    if (!(error instanceof UserError)) reportBug(error);
    const why = error instanceof UserError ? `${error.message} ${error.hint}` : 'Not recorded.';
    process.stderr.write(`  ${demo}: ${why}\n`);
    catalog.notRecorded.set(demo, why);
  }
  onChange();
}

interface Recorded {
  entry: Pick<CatalogEntry, 'name' | 'folder'>;
  demo: Demo;
  engine: Engine;
}

/** A run of the same sources in which less was asked does not take the place of one with more answers. */
function isBetterThanLocal({ folder }: CatalogEntry): RecordOptions['isWanted'] {
  return async ({ answers, sourcesHash }) => {
    const before = await readRecordingFile(folder, join(LOCAL_RECORDING, 'run.cast'));
    if (before === undefined || 'unreadable' in before || !before.isComplete) return true;
    return before.facts?.sourcesHash !== sourcesHash || answers >= countAnswers(before);
  };
}

/** Records a run as its demo's recording. Resolves to whether it replaced the one before; throws when it can't be written. */
export async function recordDemo(
  run: Run,
  recorded: Recorded & {
    instance: string;
    redact: RedactOptions;
    /** Which of the demo's two folders it goes into. */
    into: typeof RECORDING | typeof LOCAL_RECORDING;
    isWanted?: RecordOptions['isWanted'];
  },
): Promise<boolean> {
  const { entry, demo, instance, redact, into, isWanted } = recorded;
  return recordRun(run, {
    id: run.id,
    instance,
    folder: join(entry.folder, into),
    title: demo.title,
    timestamp: Math.floor(Date.now() / 1000),
    facts: () => toFacts(recorded),
    redact: { ...redact, secrets: [...redact.secrets, ...findSecrets(demo)] },
    isWanted,
    // Only the app view shows it.
    takePicture: demo.app === undefined ? async () => undefined : takePicture,
  });
}

/** What a recording says of the run that it was made from. */
export async function toFacts({ entry, demo, engine }: Recorded): Promise<RecordingFacts> {
  const built = demo.services.filter((service) => service.build !== undefined);
  const images = await Promise.all(built.map((service) => engine.imageId(toImageTag(demo, service))));
  return {
    formatVersion: RUN_EVENT_VERSION,
    demo: entry.name,
    sourcesHash: await hashSources(entry.folder),
    engine: engine.facts.name,
    builder: engine.facts.builder,
    platform: engine.facts.platform,
    imageIds: images.filter((id) => id !== undefined),
    ...(await findStandIn(demo, engine)),
  };
}

/** Machines that can't pull the real base image label what they put in its place; images built on it inherit the label. */
async function findStandIn(demo: Demo, engine: Engine): Promise<Pick<RecordingFacts, 'standIn'>> {
  const labels = await Promise.all(
    demo.services.map(async (service) => engine.imageLabels(toImage(demo, service))),
  );
  const isStandIn = labels.some((label) => label['deckhand.stand-in'] !== undefined);
  return isStandIn ? { standIn: 'on a stand-in base image' } : {};
}
