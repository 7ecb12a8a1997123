import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { createInterface } from 'node:readline';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../src/engine/engine.ts';
import { sweep } from '../../../src/runner/containers/sweep.ts';
import { buildFolder, connectTestEngine, makeFolder } from '../../engine/test-engine.ts';
import { leftovers, startTestRun, uniqueName } from '../run-demo.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await connectTestEngine();
});
afterAll(() => engine.close());

const compose = (name: string) => `name: ${name}
services:
  web: {image: python:3.13-slim, command: python -u -m http.server 8000, ports: ["8000"], stop_grace_period: 0s, volumes: ["kept:/kept"]}
volumes: {kept: {}}
x-demo: {app: {service: web, port: 8000}}
`;

/** Runs a demo in a process of its own, and kills it with SIGKILL when the run's events come to `moment`. */
async function killAt(name: string, moment: RegExp): Promise<void> {
  await using made = await makeFolder({ 'compose.yaml': compose(name) });
  const script = path.join(import.meta.dirname, '../run-in-child.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, made.folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('exit', (_status, signal) => resolve(signal)));
  for await (const line of createInterface(child.stdout)) {
    if (moment.test(line)) break;
  }
  child.kill('SIGKILL');
  expect(await ended).toBe('SIGKILL');
}

describe('the sweep', () => {
  test.each([
    ['starts', /"phase":"starting"/u],
    ['has printed something', /"type":"output"/u],
    ['is ready', /"phase":"ready"/u],
  ])(
    'removes what a Deckhand left that was killed when its run %s, but not its volume',
    async (_when, moment) => {
      const name = uniqueName();
      await killAt(name, moment);
      // The engine may still be carrying out what the dead one asked for last, so the first sweep can come too early.
      await expect.poll(async () => (await sweep(engine), leftovers(engine, name))).toEqual([]);
      const volumes = await engine.list(`deckhand.demo=${name}`);
      expect(volumes.every(({ kind }) => kind === 'volume')).toBe(true);
      await engine.removeVolume(`deckhand-${name}-kept`);
    },
  );

  test('says how much it removed', async () => {
    const name = uniqueName();
    await killAt(name, /"phase":"ready"/u);
    const swept = await sweep(engine);
    expect(swept.containers).toBeGreaterThanOrEqual(1);
    expect(swept.networks).toBeGreaterThanOrEqual(1);
    await engine.removeVolume(`deckhand-${name}-kept`);
  });

  test('leaves alone what belongs to a Deckhand that lives', async () => {
    const name = uniqueName();
    await using made = await startTestRun({ 'compose.yaml': compose(name) });
    const app = await made.first((event) => event.type === 'app');
    await sweep(engine);
    expect(app.type === 'app' && (await fetch(app.url)).status).toBe(200);
    expect(await leftovers(engine, name)).toHaveLength(2);
  });

  test('is safe when two do it at once', async () => {
    const name = uniqueName();
    await killAt(name, /"phase":"ready"/u);
    await Promise.all([sweep(engine), sweep(engine)]);
    expect(await leftovers(engine, name)).toEqual([]);
    await engine.removeVolume(`deckhand-${name}-kept`);
  });

  test("leaves other people's containers alone whose image carries our labels", async () => {
    const [demo, run] = [uniqueName(), randomUUID()];
    const labels = {
      'deckhand.demo': demo,
      'deckhand.run': run,
      'deckhand.instance': `${hostname()}/999999/1`,
    };
    const lines = Object.entries(labels).map(([label, value]) => `LABEL ${label}=${value}`);
    await using made = await makeFolder({ Dockerfile: ['FROM python:3.13-slim', ...lines].join('\n') });
    const tag = `deckhand-test-${demo}`;
    await buildFolder(engine, made.folder, { tag, labels: {} });
    const spec = {
      image: tag,
      labels: {},
      environment: {},
      ports: [],
      mounts: [],
      tmpfs: {},
      init: false,
      readOnly: false,
      capAdd: [],
      memoryBytes: 64 * 1024 ** 2,
      cpus: 1,
      pids: 64,
      network: 'none',
      aliases: [],
    };
    // By its name alone, the second could be ours.
    const ids = [
      await engine.createContainer({ ...spec, name: `theirs-${demo}` }),
      await engine.createContainer({ ...spec, name: `deckhand-${demo}-web-${run.slice(0, 8)}` }),
    ];
    try {
      await sweep(engine);
      expect((await leftovers(engine, demo)).map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    } finally {
      for (const id of ids) await engine.removeContainer(id);
      await engine.removeImage(tag);
    }
  });
});
