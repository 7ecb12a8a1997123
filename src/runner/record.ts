import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { createCastEncoder, toCastHeader, type RecordingFacts } from '../demo/recording.ts';
import type { RunEvent, RunEventBody, RunSource } from '../demo/run-event.ts';

/** What the terminal measured that the recording is written for. */
const TERM = { cols: 80, rows: 24 };
/** Once the app is up, waiting is not worth watching again. */
const LONGEST_SILENCE_MS = 2000;

export interface RecordOptions {
  /** The demo's `recording/` folder; made if it is missing. */
  folder: string;
  title: string;
  /** Unix seconds. */
  timestamp: number;
  /** Asked when the run is ready: the image has its id by then. */
  facts: () => Promise<RecordingFacts>;
  /** A PNG of the app's page; undefined when none could be taken. */
  takePicture: (url: string) => Promise<Picture | undefined>;
}

export interface Picture {
  png: Uint8Array;
  width: number;
  height: number;
}

/**
 * Writes a run to disk as it goes. What was recorded before is replaced only when this run got ready and ended well.
 * Resolves to whether it was.
 */
export async function recordRun(run: RunSource, options: RecordOptions): Promise<boolean> {
  const { folder } = options;
  await mkdir(folder, { recursive: true });
  const partial = join(folder, 'run.partial.cast');
  const body = createWriteStream(partial);
  const encode = createCastEncoder();
  const shorten = createSilenceCutter();
  let app: string | undefined;
  let facts: RecordingFacts | undefined;
  let picture: Picture | undefined;
  let isGood = false;
  const write = (event: RunEvent) => body.write(encode(shorten(event)));
  for await (const event of run.events(0, new AbortController().signal)) {
    if (event.type === 'app' && event.reachable) app = event.url;
    if (isTheEnd(event)) continue;
    write(event);
    if (event.type === 'exit') isGood = event.status === 0;
    if (event.type !== 'phase' || event.phase !== 'ready') continue;
    facts = await options.facts();
    picture = app === undefined ? undefined : await options.takePicture(app);
    if (picture !== undefined) write({ at: event.at, ...toSnapshot(picture) });
  }
  body.end();
  await finished(body);
  if (isGood && facts !== undefined) await keep(options, facts, partial, picture);
  else await rm(partial, { force: true });
  return isGood && facts !== undefined;
}

/** A replay ends with the app up, as the audience saw it, not with the speaker taking it down. */
function isTheEnd(event: RunEvent): boolean {
  return event.type === 'phase' && (event.phase === 'stopping' || event.phase === 'stopped');
}

function toSnapshot({ width, height }: Picture): RunEventBody {
  return { type: 'snapshot', file: 'app.png', width, height };
}

function createSilenceCutter(): (event: RunEvent) => RunEvent {
  let cut = 0;
  let before = 0;
  let isReady = false;
  return (event) => {
    const silence = event.at - before;
    if (isReady && silence > LONGEST_SILENCE_MS) cut += silence - LONGEST_SILENCE_MS;
    before = Math.max(before, event.at);
    isReady ||= event.type === 'phase' && event.phase === 'ready';
    return { ...event, at: event.at - cut };
  };
}
