import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import type { ServiceFacts } from '../../../src/demo/run/run-event.ts';
import { toRunView } from '../../../src/demo/run/fold-run-event.ts';
import { errorOf, printed, startTestRun, type TestRun, uniqueName } from '../run-demo.ts';

const SLEEP = 'python -u -c "import time; print(\'up\'); time.sleep(1e6)"';

function project(name: string): string {
  return `name: ${name}
services:
  web:
    build: .
    ports: ["8000"]
    depends_on: {db: {condition: service_healthy}}
    restart: always
    stop_grace_period: 1s
    develop:
      watch:
        - {action: sync+restart, path: site, target: /site}
        - {action: rebuild, path: baked.html}
  db:
    image: python:3.13-slim
    command: ${SLEEP}
    healthcheck: {test: [CMD, "true"], interval: 1s}
    restart: always
    stop_grace_period: 0s
    networks: [back, default]
  cache:
    image: python:3.13-slim
    command: ${SLEEP}
    stop_grace_period: 0s
networks:
  back: {}
`;
}

const FILES = {
  Dockerfile:
    'FROM python:3.13-slim\nWORKDIR /site\nCOPY site .\nCOPY baked.html .\nCMD ["python", "-u", "-c", "import os, http.server; print(\'started\', os.listdir()); http.server.ThreadingHTTPServer((\'\', 8000), http.server.SimpleHTTPRequestHandler).serve_forever()"]\n',
  'site/index.html': 'one',
  'baked.html': 'first',
};

async function service(
  made: TestRun,
  name: string,
  fits: (facts: ServiceFacts) => boolean,
): Promise<ServiceFacts> {
  const event = await made.first(
    (one) => one.type === 'service' && one.facts.service === name && fits(one.facts),
  );
  if (event.type !== 'service') throw new Error('no service event');
  return event.facts;
}

async function page(made: TestRun, file: string): Promise<string> {
  const app = await made.first((event) => event.type === 'app');
  if (app.type !== 'app') throw new Error('no app');
  return (await fetch(new URL(file, app.url))).text();
}

const UNTIL = { timeout: 20_000, interval: 200 };

test('services are seen to start, to die and to be healed; a killed one without restart stays down until it is started', async () => {
  await using made = await startTestRun({ 'compose.yaml': project(uniqueName()), ...FILES });
  expect(await service(made, 'web', ({ state }) => state === 'waiting')).toMatchObject({
    needs: ['db'],
    ports: [8000],
    networks: ['default'],
  });
  await made.first((event) => event.type === 'phase' && event.phase === 'ready');
  expect(await service(made, 'db', ({ memoryBytes = 0 }) => memoryBytes > 0)).toMatchObject({
    state: 'healthy',
    networks: ['back', 'default'],
  });
  await made.run.control('db', 'kill');
  await service(made, 'db', ({ state, exitCode }) => state === 'killed' && exitCode === 137);
  await service(made, 'db', ({ state, restarts }) => state === 'healthy' && restarts === 1);

  await made.run.control('cache', 'kill');
  await service(made, 'cache', ({ state }) => state === 'killed');
  await made.run.control('cache', 'start');
  await service(made, 'cache', ({ state, restarts }) => state === 'running' && restarts === 1);

  // Its port on this machine is another afterwards: the app is found all the same.
  await made.run.control('web', 'stop');
  await service(made, 'web', ({ state, exitCode }) => state === 'stopped' && exitCode !== undefined);
  await made.run.control('web', 'start');
  await vi.waitFor(async () => expect(await page(made, 'index.html')).toBe('one'), UNTIL);
  await expect(made.run.control('nobody', 'kill')).rejects.toMatchObject({ code: 'not-running' });
  made.run.stop();
  const view = toRunView(await made.all());
  expect(view).toMatchObject({ phase: 'stopped', exit: 0 });
  expect(view.services.map((one) => one.service)).toEqual(['db', 'web', 'cache']);
}, 120_000);

test('develop.watch starts a container again, and builds it anew, while the demo runs', async () => {
  await using made = await startTestRun({ 'compose.yaml': project(uniqueName()), ...FILES });
  await made.first((event) => event.type === 'phase' && event.phase === 'ready');
  await vi.waitFor(async () => {
    await writeFile(path.join(made.folder, 'site/index.html'), 'two');
    expect(await page(made, 'index.html')).toBe('two');
  }, UNTIL);
  await service(made, 'web', ({ restarts }) => restarts >= 1);
  await vi.waitFor(
    async () => {
      await writeFile(path.join(made.folder, 'baked.html'), 'second');
      await new Promise((resolve) => setTimeout(resolve, 3000));
      expect(await page(made, 'baked.html')).toBe('second');
    },
    { timeout: 60_000, interval: 200 },
  );
  made.run.stop();
  await made.run.done;
}, 120_000);

test('each of several apps answers under its own name', async () => {
  const compose = `name: ${uniqueName()}
services:
  shop: {image: python:3.13-slim, command: python -m http.server 8000, stop_grace_period: 0s}
  admin: {image: python:3.13-slim, command: python -m http.server 9000, working_dir: /etc, stop_grace_period: 0s}
x-demo:
  views: [app, "app:admin"]
  app: {service: shop, port: 8000}
  apps:
    admin: {service: admin, port: 9000, path: /hostname}
`;
  await using made = await startTestRun({ 'compose.yaml': compose });
  await made.first((event) => event.type === 'phase' && event.phase === 'ready');
  made.run.stop();
  const view = toRunView(await made.all());
  expect(view.app?.url).toMatch(/:\d+\/$/u);
  expect(view.apps.get('admin')?.url).toMatch(/:\d+\/hostname$/u);
});

test('a service that ends before what it needs is there comes back by its restart, and the demo gets ready', async () => {
  const compose = `name: ${uniqueName()}
services:
  first:
    image: python:3.13-slim
    command: sh -c "test -e /shared/there || exit 3; python -m http.server 8000"
    restart: on-failure
    ports: ["8000"]
    volumes: ["shared:/shared"]
    stop_grace_period: 0s
  second:
    image: python:3.13-slim
    command: sh -c "sleep 2; touch /shared/there; sleep 1000"
    volumes: ["shared:/shared"]
    stop_grace_period: 0s
volumes: {shared: {}}
x-demo:
  app: {service: first, port: 8000}
`;
  await using made = await startTestRun({ 'compose.yaml': compose });
  await service(made, 'first', ({ state, exitCode }) => state === 'restarting' && exitCode === 3);
  await made.first((event) => event.type === 'phase' && event.phase === 'ready');
  // One more of a service that is not the app: it has a number of its own.
  await made.run.control('second', 'scale');
  const facts = await made.first((event) => event.type === 'service' && event.facts.number === 2);
  expect(facts).toMatchObject({ facts: { service: 'second' } });
  made.run.stop();
  await made.run.done;
  await made.engine.removeVolume(`deckhand-${made.demo.name}-shared`);
}, 60_000);

test('hooks run after the start and before the stop, as whom and where they say, and what they print is seen', async () => {
  const compose = (postStart: string) => `name: ${uniqueName()}
services:
  web:
    image: python:3.13-slim
    command: ${SLEEP}
    stop_grace_period: 0s
    post_start:
      - command: ${postStart}
        user: nobody
        working_dir: /tmp
        environment: {WORD: hello}
    pre_stop:
      - {command: [echo, good bye]}
`;
  await using made = await startTestRun({
    'compose.yaml': compose('sh -c "echo $$WORD from $$(pwd), $$(whoami)"'),
  });
  await made.first((event) => event.type === 'phase' && event.phase === 'ready');
  made.run.stop();
  const text = printed(await made.all(), 'web');
  expect(text).toContain('hello from /tmp, nobody');
  expect(text.indexOf('good bye')).toBeGreaterThan(text.indexOf('hello from'));

  await using failing = await startTestRun({ 'compose.yaml': compose('ls /nowhere') });
  const events = await failing.all();
  expect(errorOf(events)).toMatchObject({
    code: 'hook-failed',
    message: expect.stringContaining('ls /nowhere'),
  });
  expect(printed(events, 'web')).toContain('No such file');
});
