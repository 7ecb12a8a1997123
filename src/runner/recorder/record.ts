import { createWriteStream, type WriteStream } from 'node:fs';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { createCastEncoder, toCastHeader, type RecordingFacts } from '../../demo/recording/recording.ts';
import type { RunEvent, RunEventBody, RunSource } from '../../demo/run/run-event.ts';
import { UserError } from '../../demo/user-error.ts';
import { makeRecordingFolder } from './recording-folder.ts';
import { toPartialFile, toPartialPicture, tidyParts } from './recording-parts.ts';
import { createRedactor, type Redactor } from './redact.ts';
import type { RedactOptions } from './redact-text.ts';
import { isShellCast, toShellCasts } from './shell-casts.ts';

/** What the terminal measured that the recording is written for. */
const TERM = { cols: 80, rows: 24 };
/** Once the app is up, waiting is not worth watching again. */
const LONGEST_SILENCE_MS = 2000;
/** How long an app's own output is kept after it was ready. */
const CHATTER_MS = 10_000;

export interface RecordOptions {
  /** The run's id: two runs, of two Deckhands even, never write into one file. */
  id: string;
  /** Of the demo, for recordings; made if it is missing. */
  folder: string;
  title: string;
  /** Unix seconds. */
  timestamp: number;
  /** Who we are, from `nameInstance()`. */
  instance: string;
  /** Asked twice: when the run begins, for its sources, and when it is ready, since the image has its id by then. */
  facts: () => Promise<RecordingFacts>;
  /** What must not get into the file. */
  redact: RedactOptions;
  /** Asked when the run has ended well: whether it shall replace what was recorded before. Without it, it does. */
  isWanted?: ((made: { answers: number; sourcesHash: string }) => boolean | Promise<boolean>) | undefined;
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
 * crash leaves `<id>.partial.cast`, which plays as far as it goes. Resolves to whether the recording was replaced; throws a
 * `UserError` when the file can't be written, which costs this recording and nothing else.
 */
export async function recordRun(run: RunSource, options: RecordOptions): Promise<boolean> {
  const { folder, id } = options;
  const partial = toPartialFile(folder, id);
  try {
    await makeRecordingFolder(folder);
    await tidyParts(folder, { keepNewest: true });
    const { facts, picture, isGood, answers } = await writeRun(run, options, partial);
    if (!isGood || facts === undefined) return false;
    if ((await options.isWanted?.({ answers, sourcesHash: facts.sourcesHash })) === false) return false;
    await keep(options, facts, partial, picture);
    await tidyParts(folder, { keepNewest: false });
    return true;
  } catch (error) {
    throw toNotRecorded(error);
  } finally {
    // What is left of a recording that was not kept, and takes room on a disk that may be full.
    await Promise.allSettled([
      rm(partial, { force: true }),
      rm(toPartialPicture(folder, id), { force: true }),
    ]);
  }
}

function toNotRecorded(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  const isFull = error.code === 'ENOSPC' || error.code === 'EDQUOT';
  const why = isFull ? 'the disk is full' : `its folder can't be written (${String(error.code)})`;
  const hint = isFull
    ? 'Make room. The run continues, and the previous recording stays.'
    : 'The run continues, and the previous recording stays.';
  return new UserError('not-recorded', `Not recorded: ${why}.`, hint, { cause: error });
}

interface Written {
  /** Known once the run was ready. */
  facts: RecordingFacts | undefined;
  picture: Picture | undefined;
  isGood: boolean;
  answers: number;
}

async function writeRun(run: RunSource, options: RecordOptions, partial: string): Promise<Written> {
  const file = createWriteStream(partial);
  try {
    return await writeEvents(run, options, file);
  } finally {
    file.destroy();
  }
}

async function writeEvents(run: RunSource, options: RecordOptions, file: WriteStream): Promise<Written> {
  const reading = new AbortController();
  // A full disk or a folder of somebody else must not end the talk: nothing more is written, and the run goes on.
  file.on('error', () => reading.abort());
  const redactor = createRedactor(options.redact);
  const encode = createCastEncoder();
  const shorten = createSilenceCutter();
  const write = (events: readonly RunEvent[]): void => {
    for (const event of events) file.write(encode(shorten(event)));
  };
  const written: Written = { facts: undefined, picture: undefined, isGood: false, answers: 0 };
  let app: string | undefined;
  let readyAt = Infinity;
  const begun = await options.facts();
  file.write(header(options, redactor, { ...begun, imageIds: [], unfinishedBy: options.instance }));
  for await (const event of run.events(0, reading.signal)) {
    if (event.type === 'app' && event.reachable && event.name === undefined) app = event.url;
    if (event.type === 'answer') written.answers += 1;
    if (event.type === 'exit') written.isGood = event.status === 0;
    if (event.type === 'phase' && event.phase === 'ready') readyAt = event.at;
    if (isTheEnd(event) || isChatter(event, readyAt)) continue;
    write(redactor.push(event));
    if (event.type !== 'phase' || event.phase !== 'ready') continue;
    // The sources are those that it was built from, not those that were saved meanwhile.
    written.facts = { ...(await options.facts()), sourcesHash: begun.sourcesHash };
    written.picture = app === undefined ? undefined : await options.takePicture(app);
    if (written.picture !== undefined) write(redactor.push({ at: event.at, ...toSnapshot(written.picture) }));
  }
  write(redactor.end());
  file.end();
  await finished(file);
  return written;
}

function header({ title, timestamp }: RecordOptions, redactor: Redactor, facts: RecordingFacts): string {
  return toCastHeader({ title: redactor.text(title), timestamp, ...TERM, facts });
}

/** Puts the recording in the place of the one before: first the picture, then the run that names it. */
async function keep(
  options: RecordOptions,
  facts: RecordingFacts,
  partial: string,
  picture: Picture | undefined,
): Promise<void> {
  const { folder, id } = options;
  const text = await readFile(partial, 'utf8');
  // The header was written before the image had its id.
  const first = header(options, createRedactor(options.redact), facts);
  await writeFile(partial, first + text.slice(text.indexOf('\n') + 1), { flush: true });
  if (picture !== undefined) {
    const partialPicture = toPartialPicture(folder, id);
    await writeFile(partialPicture, picture.png, { flush: true });
    await rename(partialPicture, join(folder, 'app.png'));
  }
  await writeShellCasts(options, text);
  await rename(partial, join(folder, 'run.cast'));
}

/** What the shells showed, for any player; those of the recording before go. */
async function writeShellCasts(options: RecordOptions, text: string): Promise<void> {
  const { folder, timestamp } = options;
  const title = createRedactor(options.redact).text(options.title);
  const casts = toShellCasts(text, title, timestamp);
  for (const name of await readdir(folder))
    if (isShellCast(name) && !casts.has(name.slice('shell-'.length, -'.cast'.length)))
      await rm(join(folder, name), { force: true });
  for (const [service, cast] of casts) await writeFile(join(folder, `shell-${service}.cast`), cast);
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
