import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseRecording } from '../../../src/demo/recording/cast-reader.ts';
import type { Recording } from '../../../src/demo/recording/recording.ts';
import { nameInstance } from '../../../src/runner/instance.ts';
import { tidyParts } from '../../../src/runner/recorder/recording-parts.ts';
import { RECORDING_FACTS } from '../recording-facts.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deckhand-parts-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Records in a process of its own, and kills it with SIGKILL when some of the run is on the disk. */
async function killRecorder(id: string): Promise<void> {
  const script = join(import.meta.dirname, '../record-in-child.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, folder, id], { stdio: 'inherit' });
  const ended = new Promise((resolve) => child.once('exit', (_status, signal) => resolve(signal)));
  const size = async () =>
    (await readFile(join(folder, `${id}.partial.cast`), 'utf8').catch(() => '')).length;
  await expect.poll(size, { timeout: 20_000 }).toBeGreaterThan(2000);
  child.kill('SIGKILL');
  expect(await ended).toBe('SIGKILL');
}

async function readPart(id: string): Promise<Recording> {
  const recording = parseRecording(await readFile(join(folder, `${id}.partial.cast`), 'utf8'));
  if ('unreadable' in recording) throw new Error(recording.unreadable);
  return recording;
}

async function writePart(id: string, unfinishedBy: string | undefined, age = 0): Promise<void> {
  const deckhand = unfinishedBy === undefined ? undefined : { ...RECORDING_FACTS, unfinishedBy };
  const header = { version: 3, term: { cols: 80, rows: 24 }, deckhand };
  const file = join(folder, `${id}.partial.cast`);
  await writeFile(file, unfinishedBy === undefined ? '' : `${JSON.stringify(header)}\n`);
  const at = Date.now() / 1000 - age;
  await utimes(file, at, at);
}

describe('a recorder that is killed', () => {
  test('leaves a part that plays as far as it goes, is marked as cut off, and shows no secret', async () => {
    await killRecorder('killed');
    const part = await readPart('killed');
    expect(part.isComplete).toBe(false);
    expect(part.facts).toMatchObject({ demo: 'django', unfinishedBy: expect.stringContaining('/') });
    expect(part.events[0]).toMatchObject({ type: 'phase', phase: 'ready' });
    const outputs = part.events.filter((event) => event.type === 'output');
    expect(outputs.length).toBeGreaterThan(5);
    for (const { text } of outputs) expect(text).toBe('The key is [redacted].\r\n');
  });

  test('leaves one part at most: the next recording keeps the newest, and none when it is complete', async () => {
    await writePart('older', 'somebody-dead/1/1', 100);
    await killRecorder('newer');
    // On another machine, as `somebody-dead` is, nobody can tell: it counts as alive.
    await tidyParts(folder, { keepNewest: true });
    expect(await readdir(folder)).toEqual(['newer.partial.cast', 'older.partial.cast']);
    await killRecorder('newest');
    await writeFile(join(folder, 'newer.partial.png'), '');
    await tidyParts(folder, { keepNewest: true });
    expect(await readdir(folder)).toEqual(['newest.partial.cast', 'older.partial.cast']);
    await tidyParts(folder, { keepNewest: false });
    expect(await readdir(folder)).toEqual(['older.partial.cast']);
  });
});

describe('tidying a recording folder', () => {
  test('touches neither the recording nor what a living recorder writes', async () => {
    await writePart('ours', await nameInstance());
    for (const name of ['run.cast', 'app.png']) await writeFile(join(folder, name), '');
    await tidyParts(folder, { keepNewest: false });
    expect((await readdir(folder)).toSorted()).toEqual(['app.png', 'ours.partial.cast', 'run.cast']);
  });

  test('takes a part without a header for dead when it is a minute old, and for just begun before', async () => {
    await writePart('begun', undefined, 5);
    await writePart('broken', undefined, 100);
    await tidyParts(folder, { keepNewest: false });
    expect(await readdir(folder)).toEqual(['begun.partial.cast']);
  });
});
