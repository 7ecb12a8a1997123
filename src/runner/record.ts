import { createWriteStream } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { createCastEncoder, toCastHeader, type RecordingFacts } from '../demo/recording.ts';
import type { RunEvent, RunEventBody, RunSource } from '../demo/run-event.ts';

/** What the terminal measured that the recording is written for. */
const TERM = { cols: 80, rows: 24 };
/** Once the app is up, waiting is not worth watching again. */
const LONGEST_SILENCE_MS = 2000;
/** How long an app's own output is kept after it was ready. */
const CHATTER_MS = 10_000;

export interface RecordOptions {
  /** The run's id: two runs, of two Deckhands even, never write into one file. */
  id: string;
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
 * Writes a run to disk as it goes. What was recorded before is replaced only when this run got ready and ended well; a
 * crash leaves `<id>.partial.cast`, which plays as far as it goes. Resolves to whether the recording was replaced.
 */
export async function recordRun(run: RunSource, options: RecordOptions): Promise<boolean> {
  await mkdir(options.folder, { recursive: true });
  const partial = join(options.folder, `${options.id}.partial.cast`);
  const { facts, picture, isGood } = await writeRun(run, options, partial);
  if (!isGood || facts === undefined) {
    await rm(partial, { force: true });
    return false;
  }
  await keep(options, facts, partial, picture);
  return true;
}

interface Written {
  /** Known once the run was ready. */
  facts: RecordingFacts | undefined;
  picture: Picture | undefined;
  isGood: boolean;
}

async function writeRun(run: RunSource, options: RecordOptions, partial: string): Promise<Written> {
  const file = createWriteStream(partial);
  // A full disk or a folder of somebody else must not end the talk: `finished` below tells it, once the run is over.
  file.on('error', () => {});
  const encode = createCastEncoder();
  const shorten = createSilenceCutter();
  const written: Written = { facts: undefined, picture: undefined, isGood: false };
  let app: string | undefined;
  let readyAt = Infinity;
  file.write(header(options, undefined));
  for await (const event of run.events(0, new AbortController().signal)) {
    if (event.type === 'app' && event.reachable) app = event.url;
    if (event.type === 'exit') written.isGood = event.status === 0;
    if (event.type === 'phase' && event.phase === 'ready') readyAt = event.at;
    if (isTheEnd(event) || isChatter(event, readyAt)) continue;
    file.write(encode(shorten(event)));
    if (event.type !== 'phase' || event.phase !== 'ready') continue;
    written.facts = await options.facts();
    written.picture = app === undefined ? undefined : await options.takePicture(app);
    if (written.picture !== undefined)
      file.write(encode(shorten({ at: event.at, ...toSnapshot(written.picture) })));
  }
  file.end();
  await finished(file);
  return written;
}

function header({ title, timestamp }: RecordOptions, facts: RecordingFacts | undefined): string {
  return toCastHeader({ title, timestamp, ...TERM, facts });
}

/** Puts the recording in the place of the one before: first the picture, then the run that names it. */
async function keep(
  options: RecordOptions,
  facts: RecordingFacts,
  partial: string,
  picture: Picture | undefined,
): Promise<void> {
  const { folder } = options;
  const text = await readFile(partial, 'utf8');
  // The header was written before the image had its id.
  await writeFile(partial, header(options, facts) + text.slice(text.indexOf('\n') + 1));
  if (picture !== undefined) {
    const partialPicture = join(folder, `${options.id}.partial.png`);
    await writeFile(partialPicture, picture.png);
    await rename(partialPicture, join(folder, 'app.png'));
  }
  await rename(partial, join(folder, 'run.cast'));
}

/** What a server prints while the speaker talks on; answers to questions are kept however late they come. */
function isChatter(event: RunEvent, readyAt: number): boolean {
  return event.type === 'output' && event.at > readyAt + CHATTER_MS;
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
