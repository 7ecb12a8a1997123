import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { prewarm } from '../../../src/talk/runs/prewarm.ts';
import { StandbyRuns, type Runnable } from '../../../src/talk/runs/standby-runs.ts';
import type { RunEvent } from '../../../src/demo/run/run-event.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { INSTANCE_LABEL, nameInstance } from '../../../src/runner/instance.ts';
import { startRun, type Run } from '../../../src/runner/run.ts';
import type { Prewarmed } from '../../../src/stage/preflight.ts';
import { connectTestEngine, makeFolder } from '../../engine/test-engine.ts';
import { leftovers, parseTestDemo, uniqueName } from '../../runner/run-demo.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await connectTestEngine();
});
afterAll(() => engine.close());

const never = new AbortController().signal;

async function makeDemo(more = '', dockerfile = 'FROM python:3.13-slim\nCOPY page.txt /site/\n') {
  const name = uniqueName();
  const compose = `name: ${name}
services:
  web: {build: ., command: python -u -m http.server -d /site 8000, ports: ["8000"], stop_grace_period: 1s${more}}
${more === '' ? '' : 'volumes: {kept: {}}\n'}x-demo: {app: {service: web, port: 8000}}
`;
  const made = await makeFolder({ 'compose.yaml': compose, Dockerfile: dockerfile, 'page.txt': 'one' });
  const runnable: Runnable = { demo: await parseTestDemo(compose), folder: made.folder, engine };
  const dispose = async () => {
    await engine.removeImage(`deckhand-${name}-web:latest`);
    await engine.removeVolume(`deckhand-${name}-kept`);
    await made[Symbol.asyncDispose]();
  };
  return { name, runnable, folder: made.folder, [Symbol.asyncDispose]: dispose };
}

async function start({ demo, folder }: Runnable): Promise<Run> {
  return startRun(demo, { id: randomUUID(), engine, folder, instance: await nameInstance() });
}

async function until(run: Run, fits: (event: RunEvent) => boolean): Promise<RunEvent[]> {
  const seen: RunEvent[] = [];
  for await (const event of run.events(0, never)) {
    seen.push(event);
    if (fits(event)) return seen;
  }
  throw new Error(`no such event in ${JSON.stringify(seen)}`);
}

const isReady = (event: RunEvent): boolean => event.type === 'phase' && event.phase === 'ready';

test('a spare of a ready demo stands by, takes its place at once, and says that it stood by', async () => {
  await using made = await makeDemo();
  const { name, runnable } = made;
  const standby = new StandbyRuns();
  const run = await start(runnable);
  await standby.keepSpare(run, runnable);
  expect(standby.has(name)).toBe(true);
  await expect.poll(async () => (await leftovers(engine, name)).length, { timeout: 10_000 }).toBe(4);
  const instance = await nameInstance();
  const all = await leftovers(engine, name);
  expect(all.every(({ labels }) => labels[INSTANCE_LABEL] === instance)).toBe(true);
  await until(standby.peek(name) ?? run, isReady);
  run.stop();
  const spare = await standby.take(runnable, false);
  const events = await until(spare ?? run, (event) => event.type === 'spare');
  const app = events.find((event) => event.type === 'app');
  expect(events.filter(isReady)).toHaveLength(1);
  expect(app?.type === 'app' && (await (await fetch(`${app.url}page.txt`)).text())).toBe('one');
  await run.done;
  spare?.stop();
  await spare?.done;
  expect(await leftovers(engine, name)).toEqual([]);
});

test('a spare of other sources is not taken, and goes away; so does one that nobody needed', async () => {
  await using made = await makeDemo();
  const { name, runnable, folder } = made;
  const standby = new StandbyRuns();
  const run = await start(runnable);
  await standby.keepSpare(run, runnable);
  await writeFile(join(folder, 'page.txt'), 'two');
  expect(await standby.take(runnable, false)).toBeUndefined();
  expect(standby.has(name)).toBe(false);
  await standby.keepSpare(run, runnable);
  run.stop();
  await run.done;
  await standby.close();
  expect(await leftovers(engine, name)).toEqual([]);
});

test('a demo that writes into a volume has no spare', async () => {
  await using made = await makeDemo(', volumes: ["kept:/kept"]');
  const standby = new StandbyRuns();
  const run = await start(made.runnable);
  await standby.keepSpare(run, made.runnable);
  expect(standby.has(made.name)).toBe(false);
  run.stop();
  await run.done;
  await standby.close();
});

test('images are built before the talk and found built then; a start meanwhile goes on with that build', async () => {
  await using made = await makeDemo('', 'FROM python:3.13-slim\nRUN sleep 2\nCOPY page.txt /site/\n');
  const { name, runnable, folder } = made;
  const standby = new StandbyRuns();
  const entry = {
    name,
    folder,
    demo: runnable.demo,
    problem: undefined,
    recordingFolder: '',
    recording: undefined,
    pace: undefined,
    sources: [],
  };
  const warm = async (tell: (rows: Prewarmed[]) => void = () => {}) =>
    prewarm({ entries: [entry], toRunnable: () => runnable, standby, tell });
  let taken: Promise<Run | undefined> | undefined;
  const rows = await warm(([row]) => {
    if (row?.state !== 'building') return;
    taken = (async () => {
      await expect.poll(() => standby.has(name)).toBe(true);
      return standby.take(runnable, false);
    })();
  });
  expect(rows).toMatchObject([{ demo: name, state: 'joined' }]);
  const run = await taken;
  const steps = (await until(run ?? (await start(runnable)), isReady)).filter(({ type }) => type === 'step');
  expect(steps.length).toBeGreaterThan(2);
  run?.stop();
  await run?.done;
  expect(await warm()).toMatchObject([{ state: 'built', what: expect.stringContaining('already') }]);
  await writeFile(join(folder, 'page.txt'), 'changed');
  expect(await warm()).toMatchObject([{ state: 'built', what: expect.stringMatching(/^in \d/u) }]);
  expect(await leftovers(engine, name)).toEqual([]);
});

test('a demo that is stopped takes its spare along, and one whose spare was about to start gets none', async () => {
  await using made = await makeDemo();
  const { name, runnable } = made;
  const standby = new StandbyRuns();
  const run = await start(runnable);
  const keeping = standby.keepSpare(run, runnable);
  await until(run, isReady);
  standby.drop(name);
  await keeping;
  expect(standby.has(name)).toBe(false);
  await standby.keepSpare(run, runnable);
  expect(standby.has(name)).toBe(true);
  standby.drop(name);
  expect(standby.has(name)).toBe(false);
  run.stop();
  await run.done;
  await standby.close();
  expect(await leftovers(engine, name)).toEqual([]);
});
