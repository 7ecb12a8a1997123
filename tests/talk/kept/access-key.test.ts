import { chmod, mkdtemp, readFile, readdir, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readAccessKey } from '../../../src/talk/kept/access-key.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'deckhand-key-')), 'state');
  file = join(folder, 'access-key');
});
afterEach(() => rm(join(folder, '..'), { recursive: true }));

test('the key is kept for the next start, where nobody else can read it', async () => {
  const key = await readAccessKey(folder);
  expect(key).toMatch(/^[\w-]{43}$/);
  expect(await readAccessKey(folder)).toBe(key);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect(await readdir(folder)).toEqual(['access-key']);
});

test('a key that others could read, that is old, damaged, or somewhere else, is made anew', async () => {
  let key = await readAccessKey(folder);
  const spoilers = [
    () => chmod(file, 0o640),
    () => utimes(file, new Date(0), new Date(Date.now() - 25 * 3_600_000)),
    () => writeFile(file, 'short'),
    async () => {
      await writeFile(join(folder, 'elsewhere'), key, { mode: 0o600 });
      await rm(file);
      await symlink('elsewhere', file);
    },
  ];
  for (const spoil of spoilers) {
    await spoil();
    const next = await readAccessKey(folder);
    expect(next).not.toBe(key);
    expect(await readFile(file, 'utf8')).toBe(next);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    key = next;
  }
});

test('where no key can be kept, there is one for this process', async () => {
  const notAFolder = join(folder, '..', 'file');
  await writeFile(notAFolder, '');
  expect(await readAccessKey(notAFolder)).toMatch(/^[\w-]{43}$/);
});
