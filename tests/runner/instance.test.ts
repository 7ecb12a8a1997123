import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { expect, test } from 'vitest';
import { isInstanceAlive, nameInstance } from '../../src/runner/instance.ts';

test('this process is alive, and named the same each time', async () => {
  const name = await nameInstance();
  expect(name).toBe(await nameInstance());
  expect(name.split('/').slice(0, 2)).toEqual([hostname(), String(process.pid)]);
  expect(await isInstanceAlive(name)).toBe(true);
});

test('a process that has ended is dead', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await once(child, 'spawn');
  const name = await nameInstance(child.pid);
  expect(await isInstanceAlive(name)).toBe(true);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await isInstanceAlive(name)).toBe(false);
});

test('a process that has the pid of a dead one is not it', async () => {
  expect(await isInstanceAlive(`${hostname()}/${process.pid}/1`)).toBe(false);
});

test('a process on another machine counts as alive', async () => {
  expect(await isInstanceAlive('elsewhere.example/1/1')).toBe(true);
});

test('a label that somebody made up names nobody', async () => {
  expect(await isInstanceAlive(`${hostname()}/none/1`)).toBe(false);
  expect(await isInstanceAlive(hostname())).toBe(false);
});

test.runIf(process.platform === 'linux')(
  'a process that was killed is dead before anybody has waited for it',
  async () => {
    // The shell becomes a program that never waits for its child.
    const parent = spawn('sh', ['-c', 'sleep 600 & echo $!; exec sleep 600']);
    const pid = Number(String((await once(parent.stdout, 'data'))[0]));
    const name = await nameInstance(pid);
    expect(await isInstanceAlive(name)).toBe(true);
    process.kill(pid, 'SIGKILL');
    await expect.poll(() => isInstanceAlive(name)).toBe(false);
    parent.kill();
  },
);
