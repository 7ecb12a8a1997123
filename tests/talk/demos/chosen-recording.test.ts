import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { chooseRecording } from '../../../src/talk/demos/chosen-recording.ts';
import { DemoCatalog } from '../../../src/talk/demos/demo-catalog.ts';
import { keepRecording } from '../../../src/talk/demos/keep.ts';
import { createCastEncoder, toCastHeader } from '../../../src/demo/recording/recording.ts';
import { makeRecordingFolder } from '../../../src/runner/recorder/recording-folder.ts';
import { RECORDING_FACTS } from '../../runner/recording-facts.ts';
import { makeFolder } from '../../engine/test-engine.ts';

/** A recording in which this many questions were answered. */
function cast(timestamp: number, answers: number, sourcesHash = 'a'): string {
  const encode = createCastEncoder();
  const facts = { ...RECORDING_FACTS, sourcesHash };
  const asked = Array.from({ length: answers }, (_, i) =>
    encode({ at: i, type: 'answer', question: 'q', status: 200, reply: 'r' }),
  );
  const head = toCastHeader({ title: 't', timestamp, cols: 80, rows: 24, facts });
  return [head, ...asked, encode({ at: 99, type: 'exit', status: 0 })].join('');
}

const own = 'demos/d/recording/run.cast';
const local = 'demos/d/recording.local/run.cast';

describe('the recording that a demo plays', () => {
  test.each<[string, Record<string, string>, 'recording' | 'recording.local']>([
    ['is its own when no run was recorded here', { [own]: cast(1, 0) }, 'recording'],
    ['is the newest run here', { [own]: cast(1, 2), [local]: cast(2, 2) }, 'recording.local'],
    ['is the newest run here when it has none of its own', { [local]: cast(2, 0) }, 'recording.local'],
    ['is its own when that is newer', { [own]: cast(3, 0), [local]: cast(2, 5) }, 'recording'],
    ['is its own when more was asked in it', { [own]: cast(1, 38), [local]: cast(2, 0) }, 'recording'],
    [
      'is the newest run here when the own one is of other sources',
      { [own]: cast(1, 38), [local]: cast(2, 0, 'b') },
      'recording.local',
    ],
    ['is its own when the run here was cut off', { [own]: cast(1, 0), [local]: 'no recording' }, 'recording'],
  ])('%s', async (_what, files, folder) => {
    await using made = await makeFolder(files);
    const demo = join(made.folder, 'demos/d');
    expect((await chooseRecording(demo)).folder).toBe(join(demo, folder));
  });
});

test('keep makes the newest run the own recording, with its picture, and leaves nothing else', async () => {
  await using made = await makeFolder({
    [own]: cast(1, 0),
    [local]: cast(2, 1),
    'demos/d/recording.local/app.png': 'P',
  });
  const demo = join(made.folder, 'demos/d');
  expect(await keepRecording(demo)).toBe(true);
  expect(await readdir(demo)).toEqual(['recording']);
  expect(await readFile(join(demo, 'recording/run.cast'), 'utf8')).toBe(cast(2, 1));
  expect(await readFile(join(demo, 'recording/app.png'), 'utf8')).toBe('P');
  expect(await keepRecording(demo)).toBe(false);
});

test('a recording folder that is a link is neither read nor written', async () => {
  await using elsewhere = await makeFolder({ 'run.cast': cast(9, 9), 'app.png': 'PRIVATE' });
  await using made = await makeFolder({ 'demos/d/compose.yaml': 'name: d\nservices: {a: {image: b}}\n' });
  const demo = join(made.folder, 'demos/d');
  for (const name of ['recording', 'recording.local']) {
    await symlink(elsewhere.folder, join(demo, name));
    await expect(makeRecordingFolder(join(demo, name))).rejects.toThrow('is a link');
  }
  const [entry] = (await DemoCatalog.open([made.folder], made.folder)).entries;
  expect(entry?.recording).toBeUndefined();
  await expect(readFile(join(entry?.recordingFolder ?? '', 'app.png'))).rejects.toThrow('ENOENT');
  expect((await readdir(elsewhere.folder)).toSorted()).toEqual(['app.png', 'run.cast']);
});

test("a demo's file has any of Compose's names; one that is a FIFO or a link out is said, and holds nothing up", async () => {
  await using secret = await makeFolder({ 'compose.yaml': 'name: d\nservices: {a: {image: SECRET}}\n' });
  await using made = await makeFolder({
    'demos/d/docker-compose.yml': 'name: d\nservices: {a: {image: b}}\n',
  });
  const demo = join(made.folder, 'demos/d');
  const open = async () => (await DemoCatalog.open([made.folder], made.folder)).entries[0];
  const names = ['docker-compose.yml', 'docker-compose.yaml', 'compose.yml', 'compose.yaml'];
  for (const [i, name] of names.entries()) {
    await rename(join(demo, names[Math.max(0, i - 1)] ?? ''), join(demo, name));
    expect((await open())?.demo?.services[0]?.image).toBe('b');
  }
  await writeFile(join(demo, 'docker-compose.yml'), 'not: this one');
  expect((await open())?.problem).toBeUndefined();
  await writeFile(join(demo, 'compose.yaml'), 'name: d\nservices:\n  a: {image: b, privileged: true}\n');
  expect((await open())?.problem?.message).toMatch(/compose\.yaml:3:17: /u);
  await mkdir(join(demo, 'recording'));
  await rename(join(demo, 'compose.yaml'), join(demo, 'old'));
  execFileSync('mkfifo', [join(demo, 'compose.yaml'), join(demo, 'recording/run.cast')]);
  expect((await open())?.problem?.message).toMatch(/compose\.yaml can't be read/u);
  await rename(join(demo, 'compose.yaml'), join(demo, 'pipe'));
  await symlink(join(secret.folder, 'compose.yaml'), join(demo, 'compose.yaml'));
  expect((await open())?.problem?.message).toMatch(/compose\.yaml can't be read/u);
});
