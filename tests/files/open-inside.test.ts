import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findInside, openInside, readInside } from '../../src/files/open-inside.ts';

let folder: string;
let root: string;
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'deckhand-inside-')));
  root = join(folder, 'root');
  await mkdir(join(root, 'img/page.png'), { recursive: true });
  await mkdir(join(folder, 'private'));
  await writeFile(join(folder, 'private/key.png'), 'SECRET');
  await writeFile(join(folder, 'root-beside.png'), 'SECRET');
  await writeFile(join(root, 'img/own #1 %41 ü.png'), 'own');
  await writeFile(join(root, 'img/page.png/index.html'), 'page');
  await symlink('own #1 %41 ü.png', join(root, 'img/link.png'));
  await symlink(join(folder, 'private/key.png'), join(root, 'img/out.png'));
  await symlink('../../private/key.png', join(root, 'img/up.png'));
  await symlink(join(folder, 'private'), join(root, 'out'));
  await symlink('nowhere', join(root, 'img/broken.png'));
  await symlink('loop.png', join(root, 'img/loop.png'));
  await symlink(root, join(folder, 'linked-root'));
  execFileSync('mkfifo', [join(root, 'img/pipe.png')]);
});
afterAll(() => rm(folder, { recursive: true }));

const read = async (path: string, from = root) => (await readInside(from, path))?.toString();

describe('a file inside a folder', () => {
  test('is read by its name, through links that stay inside, and under a root that is a link itself', async () => {
    expect(await read('img/own #1 %41 ü.png')).toBe('own');
    expect(await read('img/link.png')).toBe('own');
    expect(await read('img/link.png', join(folder, 'linked-root'))).toBe('own');
    expect(await read(join(root, 'img/link.png'))).toBe('own');
    expect((await findInside(root, 'img/link.png'))?.path).toBe(join(root, 'img/own #1 %41 ü.png'));
    expect((await findInside(root, 'img'))?.stats.isDirectory()).toBe(true);
    expect((await findInside(root, '.'))?.path).toBe(root);
  });

  test.each([
    'img/out.png',
    'img/up.png',
    'out/key.png',
    '../private/key.png',
    '../root-beside.png',
    'img/../../private/key.png',
    '/etc/passwd',
    'img/page.png',
    'img/pipe.png',
    'img/broken.png',
    'img/loop.png',
    'img/none.png',
    'img/own #1 %41 ü.png/x',
    'img/\u0000.png',
    `img/${'x'.repeat(300)}.png`,
    '/dev/null',
    '',
  ])('%j is not read', async (path) => {
    expect(await read(path)).toBeUndefined();
  });

  test('is not found, nor a folder, behind a link that leads out', async () => {
    expect(await findInside(root, 'out')).toBeUndefined();
    expect(await findInside(root, 'img/out.png')).toBeUndefined();
  });

  test('that has more bytes than asked for is not read', async () => {
    expect(await readInside(root, 'img/link.png', 2)).toBeUndefined();
  });

  test.runIf(process.platform === 'linux')(
    'is never read through a link that takes its folder’s place while it is opened',
    async () => {
      await mkdir(join(root, 'swapped'));
      await writeFile(join(root, 'swapped/key.png'), 'own');
      const over = new AbortController();
      const swap = async () => {
        while (!over.signal.aborted) {
          await rename(join(root, 'swapped'), join(root, 'kept'));
          await symlink(join(folder, 'private'), join(root, 'swapped'));
          await rm(join(root, 'swapped'));
          await rename(join(root, 'kept'), join(root, 'swapped'));
          await setTimeout(Math.random() * 2);
        }
      };
      const swapping = swap();
      const seen = new Set<string | undefined>();
      for (let attempt = 0; attempt < 2000; attempt += 1) seen.add(await read('swapped/key.png'));
      over.abort();
      await swapping;
      expect(seen).toContain('own');
      expect(seen).not.toContain('SECRET');
    },
  );

  test('that was opened is closed again', async () => {
    const { handle } = (await openInside(root, 'img/link.png')) ?? {};
    await handle?.close();
    expect(handle?.fd).toBe(-1);
  });
});
