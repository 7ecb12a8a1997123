import { execFileSync } from 'node:child_process';
import { appendFile, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { extract } from 'tar-stream';
import { expect, test } from 'vitest';
import { packContext, readDockerfile } from '../../src/engine/build/context.ts';
import { hashSources } from '../../src/runner/build/hash-sources.ts';
import { RECORDING_FOLDERS } from '../../src/runner/recorder/recording-folders.ts';
import { makeFolder } from '../engine/test-engine.ts';

const from = (root: string, context = '.', dockerfile = 'Dockerfile') => ({
  root,
  context,
  dockerfile,
  leftOut: RECORDING_FOLDERS,
});
const never = new AbortController().signal;
const makeFifo = (file: string): void => void execFileSync('mkfifo', [file]);

/** Name to content, `-> target` for a link, `/` for a folder. */
async function contentsOf(packing: ReturnType<typeof packContext>): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const tar = extract();
  (await packing).archive.pipe(tar);
  for await (const entry of tar) {
    const { name, type, linkname } = entry.header;
    const content = await text(entry);
    found.set(name, type === 'symlink' ? `-> ${linkname}` : type === 'directory' ? '/' : content);
  }
  return found;
}

test('a context or a Dockerfile that is a link out of the demo is not sent, and its text never read', async () => {
  await using secret = await makeFolder({ key: 'SECRET', 'sub/Dockerfile': 'SECRET' });
  await using demo = await makeFolder({ 'inner/Dockerfile': 'FROM x' });
  await symlink(secret.folder, path.join(demo.folder, 'ctx'));
  await symlink(path.join(secret.folder, 'key'), path.join(demo.folder, 'Dockerfile'));
  await symlink('inner', path.join(demo.folder, 'within'));
  await expect(packContext(from(demo.folder, 'ctx'), never)).rejects.toThrow("isn't a folder inside");
  await expect(packContext(from(demo.folder, 'ctx/sub'), never)).rejects.toThrow("isn't a folder inside");
  await expect(readDockerfile(from(demo.folder))).rejects.toThrow("can't be read");
  await expect(readDockerfile(from(demo.folder, 'ctx/sub'))).rejects.toThrow("can't be read");
  expect(await readDockerfile(from(demo.folder, 'within'))).toBe('FROM x');
});

test('links inside a context are sent as links, and what they lead to is not', async () => {
  await using secret = await makeFolder({ key: 'SECRET' });
  await using demo = await makeFolder({ Dockerfile: 'FROM x' });
  await symlink(path.join(secret.folder, 'key'), path.join(demo.folder, 'key'));
  await symlink(secret.folder, path.join(demo.folder, 'folder'));
  const contents = await contentsOf(packContext(from(demo.folder), never));
  expect([...contents]).toEqual([
    ['Dockerfile', 'FROM x'],
    ['folder', `-> ${secret.folder}`],
    ['key', `-> ${secret.folder}/key`],
  ]);
});

test('FIFOs hold nothing up, wherever they are', async () => {
  await using demo = await makeFolder({ Dockerfile: 'FROM x', 'sub/a': 'a' });
  makeFifo(path.join(demo.folder, 'sub/pipe'));
  makeFifo(path.join(demo.folder, '.dockerignore'));
  makeFifo(path.join(demo.folder, 'Pipefile'));
  const contents = await contentsOf(packContext(from(demo.folder), never));
  expect([...contents.keys()]).toEqual(['Dockerfile', 'sub', 'sub/a']);
  await expect(readDockerfile(from(demo.folder, '.', 'Pipefile'))).rejects.toThrow("can't be read");
  expect(await hashSources(demo.folder)).toMatch(/^[0-9a-f]{64}$/u);
});

test('the hash of the sources follows no link out of the demo', async () => {
  await using secret = await makeFolder({ key: 'SECRET' });
  await using demo = await makeFolder({ Dockerfile: 'FROM x' });
  await symlink(secret.folder, path.join(demo.folder, 'folder'));
  const before = await hashSources(demo.folder);
  await writeFile(path.join(secret.folder, 'key'), 'OTHER');
  expect(await hashSources(demo.folder)).toBe(before);
});

test('files that are written, cut or removed while they are packed cost nothing; recordings are left out', async () => {
  await using demo = await makeFolder({ Dockerfile: 'FROM x', 'log/run': 'x'.repeat(500_000), z: 'z' });
  await mkdir(path.join(demo.folder, 'recording'));
  await writeFile(path.join(demo.folder, 'recording/run.cast'), 'a run');
  const writing = new AbortController();
  const writer = (async () => {
    for (let i = 0; !writing.signal.aborted; i += 1) {
      await appendFile(path.join(demo.folder, 'log/run'), 'y'.repeat(10_000));
      if (i % 3 === 0) await writeFile(path.join(demo.folder, 'log/run'), 'short');
      await writeFile(path.join(demo.folder, 'log/come'), 'x');
      await rm(path.join(demo.folder, 'log/come'));
    }
  })();
  for (let i = 0; i < 50; i += 1) {
    const contents = await contentsOf(packContext(from(demo.folder), never));
    expect([...contents.keys()]).toEqual(expect.arrayContaining(['Dockerfile', 'log', 'log/run', 'z']));
    expect([...contents.keys()].join(' ')).not.toContain('recording');
  }
  writing.abort();
  await writer;
});
