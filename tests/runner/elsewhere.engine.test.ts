import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import Dockerode from 'dockerode';
import { expect, test } from 'vitest';
import { findEngine } from '../../src/engine/find-engine.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { sweep } from '../../src/runner/containers/sweep.ts';
import { installFakeSsh } from '../engine/fake-ssh.ts';
import { connectFar } from '../engine/far-engine.ts';
import { startProxy } from '../engine/proxy.ts';
import { buildFolder, connectTestEngine, makeFolder } from '../engine/test-engine.ts';
import { finish } from '../machine/base-image.ts';
import { djangoFolder, errorOf, leftovers, phasesOf, startTestRun, uniqueName } from './run-demo.ts';

const compose = (name: string) => `name: ${name}
services:
  web: {image: python:3.13-slim, command: python -u -m http.server 8000, ports: ["8000"], stop_grace_period: 0s}
x-demo: {app: {service: web, port: 8000}}
`;

async function findAt(address: string): Promise<Engine> {
  const found = await findEngine({ engine: address });
  if (found.engine === undefined) throw found.problem;
  return found.engine;
}

async function socketOfEngine(): Promise<string> {
  const engine = await connectTestEngine();
  engine.close();
  return engine.facts.endpoint.replace('unix://', '');
}

test('an engine that goes away in the middle of a run fails it, and what it left is swept when it is back', async () => {
  await using proxy = await startProxy(await socketOfEngine());
  const engine = await findAt(proxy.socket);
  const name = uniqueName();
  await using made = await startTestRun({ 'compose.yaml': compose(name) }, { engine });
  await made.first((event) => event.type === 'phase' && event.phase === 'ready');
  await proxy.cut();
  const events = await made.all();
  expect(errorOf(events)).toMatchObject({ code: 'engine-gone', hint: expect.stringContaining('recordings') });
  expect(phasesOf(events).at(-1)).toBe('failed');
  await proxy.restore();
  expect(await leftovers(engine, name)).toHaveLength(2);
  await sweep(engine, { isRunning: () => false });
  expect(await leftovers(engine, name)).toEqual([]);
});

test('an engine behind ssh builds and runs, and its ports are reached through ssh', async () => {
  await using ssh = await installFakeSsh(await socketOfEngine());
  const engine = await findAt('ssh://stage');
  expect(await ssh.asked()).not.toEqual([]);
  const name = uniqueName();
  await using made = await startTestRun({ 'compose.yaml': compose(name) }, { engine });
  const app = await made.first((event) => event.type === 'app');
  expect(app.type === 'app' && (await (await fetch(app.url)).text())).toContain('Directory listing');
  made.run.stop();
  await made.run.done;
  expect(await leftovers(engine, name)).toEqual([]);
  engine.close();
});

test.each([
  ['plain tcp', false],
  ['TLS', true],
])(
  'an engine behind %s runs the Django demo, whose page and answers come through Deckhand',
  async (_how, isSecure) => {
    await using far = await connectFar('buildkit', isSecure);
    const name = uniqueName();
    const files = await readDjango(name);
    files['compose.yaml'] += '  ask: {service: web, port: 8000, path: /health, param: question}\n';
    await using made = await startTestRun(files, { engine: far.engine });
    await made.first((event) => event.type === 'phase' && event.phase === 'ready');
    const app = await made.first((event) => event.type === 'app');
    expect(app.type === 'app' && (await (await fetch(app.url)).text())).toContain(
      'Hello from inside a container',
    );
    await made.run.ask('Is anybody there?');
    const answer = { type: 'answer', question: 'Is anybody there?', status: 200 };
    expect(await made.first(({ type }) => type === 'answer')).toMatchObject(answer);
    await made.run.addReplica();
    const another = await made.first((event) => event.type === 'replica' && event.facts.number === 2);
    const url = another.type === 'replica' ? (another.facts.url ?? '') : '';
    await expect
      .poll(async () => (await fetch(url).catch(() => undefined))?.status, { timeout: 20_000 })
      .toBe(200);
    made.run.stop();
    await made.run.done;
    expect(await leftovers(far.engine, name)).toEqual([]);
  },
);

test('an engine on another machine is refused when no image of the demo could lead to its ports', async () => {
  await using far = await connectFar();
  const name = uniqueName();
  const files = {
    'compose.yaml': compose(name).replace('image: python:3.13-slim', 'build: .'),
    Dockerfile: 'FROM scratch\nCOPY compose.yaml /\n',
  };
  await using made = await startTestRun(files, { engine: far.engine });
  const events = await made.all();
  expect(errorOf(events)).toMatchObject({ code: 'remote-engine', hint: expect.stringContaining('ssh://') });
  expect(await leftovers(far.engine, name)).toEqual([]);
});

/** The Django demo's files, under another name. */
async function readDjango(name: string): Promise<Record<string, string>> {
  const paths = (await readdir(djangoFolder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !/recording|__pycache__/u.test(entry.parentPath))
    .map((entry) => path.join(entry.parentPath, entry.name));
  const read = paths.map(async (file) => [path.relative(djangoFolder, file), await readFile(file, 'utf8')]);
  const files: Record<string, string> = Object.fromEntries(await Promise.all(read));
  return { ...files, 'compose.yaml': (files['compose.yaml'] ?? '').replace('name: django', `name: ${name}`) };
}

const registry = process.env['DECKHAND_TEST_REGISTRY'];

test.skipIf(registry === undefined)(
  'a base image that is missing is pulled first, its FROM lit and its bytes told',
  async () => {
    const docker = new Dockerode({ socketPath: await socketOfEngine() });
    const image = `${registry}/deckhand-test/${uniqueName()}:1`;
    await pushImage(docker, image);
    const name = uniqueName();
    const files = {
      'compose.yaml': `name: ${name}\nservices: {web: {build: ., command: ["nothing"]}}\n`,
      Dockerfile: `FROM ${image}\nCOPY compose.yaml /\n`,
    };
    await using made = await startTestRun(files);
    const events = await made.all();
    await docker.getImage(image).remove({ force: true });
    expect(phasesOf(events).slice(0, 3)).toEqual(['queued', 'pulling', 'building']);
    const from = events.filter((event) => event.type === 'step' && event.step === 1);
    expect(from).toMatchObject([
      { state: 'running', line: 1 },
      { state: 'done', ms: expect.any(Number) },
    ]);
    const bytes = events.flatMap((event) => (event.type === 'progress' ? [event] : []));
    expect(bytes.length).toBeGreaterThan(0);
    expect(bytes.at(-1)?.total).toBeGreaterThan(20_000_000);
  },
);

/** Makes an image with a layer that takes a moment, and leaves it in the registry only. */
async function pushImage(docker: Dockerode, tag: string): Promise<void> {
  const random = randomBytes(30_000_000).toString('base64');
  await using made = await makeFolder({ Dockerfile: 'FROM scratch\nCOPY random /\n', random });
  // BuildKit would keep the layer in its cache, and nothing would be left to pull.
  const engine = await connectTestEngine('classic');
  const { error } = await buildFolder(engine, made.folder, { tag });
  engine.close();
  expect(error).toBeUndefined();
  await finish(await docker.getImage(tag).push({ authconfig: { username: '', password: '' } }));
  await docker.getImage(tag).remove();
}
