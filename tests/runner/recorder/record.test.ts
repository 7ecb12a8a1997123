import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseRecording } from '../../../src/demo/recording/cast-reader.ts';
import type { RunEvent, RunEventBody } from '../../../src/demo/run/run-event.ts';
import { recordRun, type Picture } from '../../../src/runner/recorder/record.ts';
import { RunLog } from '../../../src/runner/run-log.ts';
import { RECORDING_FACTS as FACTS } from '../recording-facts.ts';

const PICTURE: Picture = { png: new Uint8Array([1, 2, 3]), width: 10, height: 20 };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deckhand-record-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A run that is over, told by a clock that the test sets. */
function toRun(...events: [at: number, body: RunEventBody][]): RunLog {
  let time = 0;
  const log = new RunLog(() => time);
  for (const [at, body] of events) {
    time = at;
    log.push(body);
  }
  return log;
}

function record(run: RunLog, picture?: Picture, facts = async () => FACTS): Promise<boolean> {
  return recordRun(run, {
    id: 'test-run',
    instance: 'me/1/1',
    redact: { secrets: ['hunter2!'], patterns: [] },
    folder,
    title: 'Django',
    timestamp: 1_795_466_246,
    facts,
    takePicture: async () => picture,
  });
}

async function readEvents(): Promise<RunEvent[]> {
  const recording = parseRecording(await readFile(join(folder, 'run.cast'), 'utf8'));
  if ('unreadable' in recording) throw new Error(recording.unreadable);
  expect(recording).toMatchObject({ title: 'Django', facts: FACTS, isComplete: true, problems: [] });
  return recording.events;
}

const ready: RunEventBody = { type: 'phase', phase: 'ready' };
const app: RunEventBody = { type: 'app', service: 'web', url: 'http://127.0.0.1:1/', reachable: true };
const output = (text: string): RunEventBody => ({ type: 'output', service: 'web', text });
const exit = (status: number): RunEventBody => ({ type: 'exit', status });

describe('recording a run', () => {
  test('keeps what the audience saw, with a picture of the app, and not the speaker taking it down', async () => {
    const run = toRun(
      [0, output('a')],
      [5, app],
      [9, ready],
      [20, { type: 'phase', phase: 'stopping' }],
      [30, { type: 'phase', phase: 'stopped' }],
      [30, exit(0)],
    );
    expect(await record(run, PICTURE)).toBe(true);
    expect((await readEvents()).map((event) => (event.type === 'phase' ? event.phase : event.type))).toEqual([
      'output',
      'app',
      'ready',
      'snapshot',
      'exit',
    ]);
    expect([...(await readFile(join(folder, 'app.png')))]).toEqual([1, 2, 3]);
    expect((await readdir(folder)).toSorted()).toEqual(['app.png', 'run.cast']);
  });

  test('shortens the silence after the app was up, and none before', async () => {
    await record(
      toRun(
        [0, output('a')],
        [60_000, ready],
        [160_000, { type: 'answer', question: 'q', status: 200, reply: 'r' }],
        [160_500, exit(0)],
      ),
    );
    expect((await readEvents()).map(({ at }) => at)).toEqual([0, 60_000, 62_000, 62_500]);
  });

  test('leaves out what a server goes on printing', async () => {
    await record(toRun([0, ready], [9000, output('soon')], [11_000, output('late')], [11_000, exit(0)]));
    expect((await readEvents()).filter((event) => event.type === 'output')).toHaveLength(1);
  });

  test.each<[string, [number, RunEventBody][]]>([
    [
      'failed',
      [
        [0, ready],
        [1, exit(1)],
      ],
    ],
    [
      'was cancelled',
      [
        [0, output('a')],
        [1, exit(130)],
      ],
    ],
    [
      'ended without ever being ready',
      [
        [0, output('a')],
        [1, exit(0)],
      ],
    ],
  ])('keeps the recording before when the run %s', async (_what, events) => {
    await writeFile(join(folder, 'run.cast'), 'the one before');
    expect(await record(toRun(...events))).toBe(false);
    expect(await readFile(join(folder, 'run.cast'), 'utf8')).toBe('the one before');
    expect(await readdir(folder)).toEqual(['run.cast']);
  });

  test('that cannot be written ends with the reason, after the run, and ends nothing else', async () => {
    // What a full disk or a folder of another user does: opening the file fails, later than the call that asks for it.
    await mkdir(join(folder, 'test-run.partial.cast'));
    const run = toRun([0, ready], [1, exit(0)]);
    await expect(record(run)).rejects.toMatchObject({
      code: 'not-recorded',
      message: "Not recorded: its folder can't be written (EISDIR).",
    });
  });

  test('keeps the secrets out of everything that it writes', async () => {
    await record(
      toRun(
        [0, output('pass hun')],
        [1, output('ter2! ok')],
        [2, ready],
        [3, { type: 'answer', question: 'hunter2!?', status: 200, reply: 'no hunter2!' }],
        [4, exit(0)],
      ),
    );
    const text = await readFile(join(folder, 'run.cast'), 'utf8');
    expect(text).not.toContain('hunter2');
    expect(text.match(/\[redacted\]/gu)).not.toBeNull();
    expect((await readEvents()).map(({ at }) => at)).toEqual([0, 1, 2, 3, 4]);
  });

  test('says of which sources it is: those at its beginning, whatever was saved meanwhile', async () => {
    let hash = 0;
    const facts = async () => ({ ...FACTS, sourcesHash: String((hash += 1)), imageIds: [`image ${hash}`] });
    await record(toRun([0, ready], [1, exit(0)]), undefined, facts);
    const recording = parseRecording(await readFile(join(folder, 'run.cast'), 'utf8'));
    expect(recording).toMatchObject({ facts: { sourcesHash: '1', imageIds: ['image 2'] } });
  });

  test.runIf(process.platform === 'linux')(
    'on a full disk goes on to the end of the run, is dropped with a message, and keeps the one before',
    async () => {
      await writeFile(join(folder, 'run.cast'), 'the one before');
      await symlink('/dev/full', join(folder, 'test-run.partial.cast'));
      const run = toRun([0, ready], [1, output('x'.repeat(200_000))], [2, exit(0)]);
      await expect(record(run)).rejects.toMatchObject({
        code: 'not-recorded',
        message: 'Not recorded: the disk is full.',
        hint: expect.stringContaining('Make room'),
      });
      expect(await readdir(folder)).toEqual(['run.cast']);
      expect(await readFile(join(folder, 'run.cast'), 'utf8')).toBe('the one before');
    },
  );

  test.runIf(process.platform === 'linux' && process.getuid?.() === 0)(
    'on a disk that fills up while it is written frees what it took',
    async () => {
      await writeFile(join(folder, 'before'), '');
      expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]).status).toBe(0);
      try {
        await writeFile(join(folder, 'run.cast'), 'the one before');
        const flood = Array.from({ length: 200 }, (_, at): [number, RunEventBody] => [
          at,
          output('x'.repeat(4000)),
        ]);
        await expect(record(toRun([0, ready], ...flood, [200, exit(0)]))).rejects.toMatchObject({
          message: 'Not recorded: the disk is full.',
        });
        expect(await readdir(folder)).toEqual(['run.cast']);
        expect(await readFile(join(folder, 'run.cast'), 'utf8')).toBe('the one before');
        // Room for the run, but not for its picture as well: both files stay as they were.
        const large = { png: new Uint8Array(60_000), width: 1, height: 1 };
        await expect(record(toRun([0, app], [0, ready], [1, exit(0)]), large)).rejects.toMatchObject({
          code: 'not-recorded',
        });
        expect(await readdir(folder)).toEqual(['run.cast']);
        expect(await readFile(join(folder, 'run.cast'), 'utf8')).toBe('the one before');
      } finally {
        spawnSync('umount', [folder]);
      }
    },
  );
});
