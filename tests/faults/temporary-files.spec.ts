import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { deckhand, PROGRAM } from '../e2e/deckhand.ts';

let folder = '';
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deckhand-left-'));
  await writeFile(join(folder, 'talk.md'), '## One\n\n![x](x.png)\n\n## Two\n');
  await writeFile(join(folder, 'x.png'), Buffer.alloc(20_000_000, 'x'));
});
test.afterEach(() => rm(folder, { recursive: true, force: true }));

const left = async () => (await readdir(folder)).filter((name) => !['talk.md', 'x.png'].includes(name));

/** Starts a command, and ends it by a signal once something of it is there. */
async function endInTheMiddle(args: string[], signal: 'SIGINT' | 'SIGKILL'): Promise<void> {
  const child = spawn(process.execPath, [PROGRAM, ...args], { cwd: folder });
  const ended = once(child, 'exit');
  // Not the trial file that comes and goes before any work.
  const isMaking = async () => (await left()).some((name) => name.includes('.making-'));
  await expect.poll(isMaking, { intervals: [2], timeout: 30_000 }).toBe(true);
  child.kill(signal);
  await ended;
}

test('a pack that is ended in the middle leaves nothing; what a killed one left goes with the next', async () => {
  const args = ['pack', 'talk.md', '-o', 'talk.deckhand', '--no-images'];
  await endInTheMiddle(args, 'SIGINT');
  expect(await left()).toEqual([]);
  await endInTheMiddle(args, 'SIGKILL');
  expect(await left()).not.toEqual([]);
  await mkdir(join(folder, `talk.deckhand.${process.pid}.making-1`));
  expect(await deckhand(args, folder)).toMatchObject({ code: 0 });
  // One that another process is at work on stays.
  expect((await left()).toSorted()).toEqual(['talk.deckhand', `talk.deckhand.${process.pid}.making-1`]);
});

test.describe('printing ends with a plain message', () => {
  test('when its browser is killed', async () => {
    // A picture that never comes: the browser is up, and waits.
    let onAsked = () => {};
    const asked = new Promise<void>((resolve) => (onAsked = resolve));
    const pictures = createServer(() => onAsked()).listen(0, '127.0.0.1');
    await once(pictures, 'listening');
    const { port } = pictures.address() as AddressInfo;
    await writeFile(join(folder, 'talk.md'), `## One\n\n![slow](http://127.0.0.1:${port}/never.png)\n`);
    const child = spawn(process.execPath, [PROGRAM, 'pdf', 'talk.md', '-o', 'out.pdf'], { cwd: folder });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const ended = once(child, 'exit');
    await asked;
    const browsers = execFileSync('pgrep', ['-P', String(child.pid), '-f', 'remote-debugging']);
    for (const pid of browsers.toString().trim().split('\n')) process.kill(Number(pid), 'SIGKILL');
    expect((await ended)[0]).toBe(1);
    expect(said).toMatch(/deckhand: .*browser|deckhand: .*did not start/i);
    expect(said).not.toContain('    at ');
    await rm(join(folder, 'x.png'));
    expect(await left()).toEqual([]);
    pictures.closeAllConnections();
    pictures.close();
  });

  test('when the temporary folder is full @root', async () => {
    await writeFile(join(folder, 'talk.md'), '## One\n');
    const full = join(folder, 'full');
    await mkdir(full);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', full]);
    try {
      await writeFile(join(full, 'filler'), Buffer.alloc(1_000_000)).catch(() => {});
      const before = process.env['TMPDIR'];
      process.env['TMPDIR'] = full;
      const finished = await deckhand(['pdf', 'talk.md', '-o', 'out.pdf'], folder).finally(() => {
        if (before === undefined) delete process.env['TMPDIR'];
        else process.env['TMPDIR'] = before;
      });
      expect(finished.stderr).toContain('temporary folder');
      expect(finished.stderr).not.toContain('    at ');
      expect(finished.code).toBe(1);
    } finally {
      execFileSync('umount', ['-l', full]);
    }
  });
});
