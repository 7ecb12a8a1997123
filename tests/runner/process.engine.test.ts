import { readdir, readFile, readlink } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ProcessFacts } from '../../src/demo/run/run-event.ts';
import { type TestBuilder, testEngines } from '../engine/test-engine.ts';
import { leftovers, phasesOf, startTestRun, type TestRun, uniqueName } from './run-demo.ts';

const folder = path.resolve(import.meta.dirname, '../../demos/process');

/** The committed demo under a name of its own, so that tests don't meet each other. */
async function startProcessDemo(builder: TestBuilder): Promise<TestRun> {
  const files = Object.fromEntries(
    await Promise.all(
      ['compose.yaml', 'Dockerfile', 'tick.py'].map(async (name) => {
        const text = await readFile(path.join(folder, name), 'utf8');
        return [name, text.replace('name: process', `name: ${uniqueName()}`)] as const;
      }),
    ),
  );
  return startTestRun(files, { builder });
}

async function processOf(made: TestRun): Promise<ProcessFacts> {
  const event = await made.first(({ type }) => type === 'process');
  if (event.type !== 'process') throw new Error('no process event');
  return event.facts;
}

describe.each(testEngines)('the process demo, on %s', (builder) => {
  test('tells its process as the container sees it and as the host does', async () => {
    await using made = await startProcessDemo(builder);
    const facts = await processOf(made);
    expect(facts).toMatchObject({ service: 'tick', pidInside: 1, hostVisible: true });
    expect(facts.command).toBe('python -u /tick.py');
    expect(facts.visible?.inside).toBe(1);
    expect(facts.visible?.host).toBeGreaterThan(1);
    const onHost = await readFile(`/proc/${facts.pidOnHost}/cmdline`, 'utf8');
    expect(onHost.split('\0')).toContain('/tick.py');
    const status = await readFile(`/proc/${facts.pidOnHost}/status`, 'utf8');
    expect(status).toMatch(new RegExp(`^NSpid:\\s+${facts.pidOnHost}\\s+1$`, 'mu'));
  });

  test('tells which namespaces are its own, as the kernel numbers them', async () => {
    await using made = await startProcessDemo(builder);
    const { namespaces, pidOnHost } = await processOf(made);
    const names = await readdir(`/proc/${pidOnHost}/ns`);
    for (const { name, inside, host } of namespaces.filter(({ name }) => names.includes(name))) {
      expect(`${name}:[${inside}]`).toBe(await readlink(`/proc/${pidOnHost}/ns/${name}`));
      expect(`${name}:[${host}]`).toBe(await readlink(`/proc/self/ns/${name}`));
    }
    const own = namespaces.filter(({ inside, host }) => inside !== host).map(({ name }) => name);
    expect(own).toEqual(expect.arrayContaining(['pid', 'net', 'mnt', 'uts', 'ipc']));
    expect(own).not.toContain('user');
  });

  test('tells the limits that the kernel keeps it to, and the one kernel that both share', async () => {
    await using made = await startProcessDemo(builder);
    const { limits, kernel } = await processOf(made);
    expect(limits).toEqual({ memoryBytes: 64 * 1024 ** 2, cpus: 0.5, pids: 20 });
    expect(kernel.inside).toMatch(/^Linux \d/u);
    expect(kernel.inside).toBe(kernel.host);
  });

  test('ends at once when it is stopped, and leaves nothing behind', async () => {
    await using made = await startProcessDemo(builder);
    await processOf(made);
    made.run.stop();
    expect(phasesOf(await made.all())).toEqual([
      'queued',
      'building',
      'starting',
      'ready',
      'stopping',
      'stopped',
    ]);
    expect(await leftovers(made.engine, made.demo.name)).toEqual([]);
  });
});

test('a container without a shell still has its process told, with the limits that it was given', async () => {
  await using made = await startTestRun({
    'compose.yaml': `name: ${uniqueName()}\nservices:\n  bare:\n    build: .\n    pids_limit: 33\n    stop_grace_period: 1s\nx-demo: {views: [process]}\n`,
    Dockerfile: 'FROM python:3.13-slim\nRUN rm /bin/sh\nCMD ["sleep", "600"]\n',
  });
  const facts = await processOf(made);
  expect(facts).toMatchObject({ pidInside: 1, hostVisible: true, command: 'sleep 600' });
  expect(facts.limits.pids).toBe(33);
  expect(facts.visible).toBeUndefined();
  expect(facts.kernel.inside).toBe(facts.kernel.host);
});
