import { readDemoFolder } from '../../src/talk/demos/read-demo-folder.ts';
import { randomUUID } from 'node:crypto';
import { readdir, readFile, symlink } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { RunEvent } from '../../src/demo/run/run-event.ts';
import { nameInstance } from '../../src/runner/instance.ts';
import { startRun } from '../../src/runner/run.ts';
import { connectTestEngine, testBuilders } from '../engine/test-engine.ts';
import { djangoFolder, errorOf, leftovers, phasesOf, printed, startTestRun, uniqueName } from './run-demo.ts';

const server = 'CMD ["python", "-u", "-m", "http.server", "8000"]';
const dockerfile = (...lines: string[]) => ['FROM python:3.13-slim', ...lines].join('\n');
const web = (name: string, more = '', xDemo = '') =>
  `name: ${name}\nservices:\n  web:\n    build: .\n    ports: ["8000"]\n    stop_grace_period: 1s\n${more}\n` +
  `x-demo:\n  app: {service: web, port: 8000}\n${xDemo}`;

describe.each(testBuilders)('the Django demo, built by %s', (builder) => {
  test('builds, answers with its page, and leaves nothing behind when it stops', async () => {
    const engine = await connectTestEngine(builder);
    const project = await readDemoFolder({ folder: djangoFolder, name: 'django', cwd: djangoFolder });
    const demo = project?.demo;
    if (demo === undefined) throw new Error(JSON.stringify(project?.diagnostics));
    const id = randomUUID();
    const run = startRun(demo, {
      id,
      engine,
      folder: djangoFolder,
      instance: await nameInstance(),
    });
    const events: RunEvent[] = [];
    let page = '';
    for await (const event of run.events(0, new AbortController().signal)) {
      events.push(event);
      if (event.type === 'app') page = await (await fetch(event.url)).text();
      if (event.type === 'phase' && event.phase === 'ready') run.stop();
    }
    await run.done;
    expect(page).toContain('Hello from inside a container');
    expect(page).toContain('<b>1</b>visit,');
    expect(phasesOf(events)).toEqual(['queued', 'building', 'starting', 'ready', 'stopping', 'stopped']);
    expect(events[1]).toMatchObject({ type: 'source', service: 'web', file: 'Dockerfile' });
    expect(events.at(-1)).toMatchObject({ type: 'exit', status: 0 });
    expect(printed(events, 'web')).toContain('Starting development server');
    const states = events.flatMap((event) =>
      event.type === 'step' && event.state !== 'running' ? [event.line] : [],
    );
    expect(states).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(await engine.list(`deckhand.run=${id}`)).toEqual([]);
    engine.close();
  });
});

describe('a run', () => {
  test('gives late readers every event from the one that they ask for', async () => {
    await using made = await startTestRun({
      'compose.yaml': web(uniqueName()),
      Dockerfile: dockerfile(server),
    });
    await made.first((event) => event.type === 'app');
    made.run.stop();
    const early = await made.all();
    const late: RunEvent[] = [];
    for await (const event of made.run.events(3, new AbortController().signal)) late.push(event);
    expect(late).toEqual(early.slice(3));
    expect(early.map(({ at }) => at)).toEqual(early.map(({ at }) => at).toSorted((a, b) => a - b));
  });

  test('ends a reader that goes away, and nobody else', async () => {
    await using made = await startTestRun({
      'compose.yaml': web(uniqueName()),
      Dockerfile: dockerfile(server),
    });
    const leave = new AbortController();
    const seen: RunEvent[] = [];
    for await (const event of made.run.events(0, leave.signal)) {
      seen.push(event);
      if (event.type === 'app') leave.abort();
    }
    expect(seen.at(-1)?.type).toBe('app');
    made.run.stop();
    expect((await made.all()).at(-1)).toMatchObject({ type: 'exit', status: 0 });
  });

  test('runs what Compose would: arguments, environment, mounts, user, folder, memory, read-only', async () => {
    const name = uniqueName();
    const compose = `name: ${name}
services:
  show:
    build: {context: ., args: {WHO: argument}}
    entrypoint: [sh, -c]
    command: ['cat /who /in/file; echo "$$HELLO $$(id -u) $$(pwd)"; touch /denied /tmp/x /in/y /data/z; cat /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes; grep -E "NoNewPrivs|CapEff" /proc/self/status']
    environment: {HELLO: environment}
    volumes: [./inside:/in:ro, data:/data]
    tmpfs: /tmp
    user: "1234"
    working_dir: /opt
    read_only: true
    mem_limit: 64m
volumes: {data: {}}
`;
    await using made = await startTestRun({
      'compose.yaml': compose,
      Dockerfile: dockerfile('ARG WHO', 'RUN echo $WHO > /who && mkdir -m 777 /data'),
      'inside/file': 'mounted\n',
    });
    const events = await made.all();
    const text = printed(events, 'show');
    expect(text).toContain('argument\nmounted\nenvironment 1234 /opt\n');
    expect(text).toMatch(/'\/denied': Read-only file system/u);
    expect(text).toMatch(/'\/in\/y': Read-only file system/u);
    expect(text).not.toMatch(/'\/(?:tmp\/x|data\/z)'/u);
    expect(text).toContain(String(64 * 1024 ** 2));
    expect(text).toContain('NoNewPrivs:\t1');
    expect(text).toContain('CapEff:\t0000000000000000');
    expect(phasesOf(events).slice(-2)).toEqual(['stopping', 'stopped']);
    expect(await leftovers(made.engine, name)).toEqual([]);
  });

  test('starts services in the order that depends_on asks for, on a network where they know each other', async () => {
    const name = uniqueName();
    const compose = `name: ${name}
services:
  web:
    image: python:3.13-slim
    command: python -u -m http.server 8000
    working_dir: /shared
    ports: ["8000"]
    volumes: ["shared:/shared"]
    stop_grace_period: 1s
    depends_on: {prepare: {condition: service_completed_successfully}, other: {condition: service_healthy}}
  other:
    image: python:3.13-slim
    command: python -m http.server 9000
    stop_grace_period: 1s
    healthcheck: {test: "python -c 'import urllib.request as r; r.urlopen(\\"http://127.0.0.1:9000\\")'", interval: 200ms, retries: 50}
  prepare:
    image: python:3.13-slim
    command: python -c "import urllib.request as r; open('/shared/index.html', 'w').write('from ' + str(r.urlopen('http://other:9000').status))"
    volumes: ["shared:/shared"]
    depends_on: {other: {condition: service_healthy}}
volumes: {shared: }
x-demo: {app: {service: web, port: 8000}}
`;
    await using made = await startTestRun({ 'compose.yaml': compose });
    const app = await made.first((event) => event.type === 'app');
    expect(made.demo.services.map((service) => service.name)).toEqual(['other', 'prepare', 'web']);
    expect(app.type === 'app' && (await (await fetch(app.url)).text())).toMatch(/^from 200/);
    await made.first((event) => event.type === 'phase' && event.phase === 'ready');
    made.run.stop();
    expect((await made.all()).at(-1)).toMatchObject({ status: 0 });
    expect(await leftovers(made.engine, name)).toEqual([]);
  });

  test('publishes on 127.0.0.1 alone', async () => {
    await using made = await startTestRun({
      'compose.yaml': web(uniqueName()),
      Dockerfile: dockerfile(server),
    });
    const app = await made.first((event) => event.type === 'app');
    const port = app.type === 'app' ? Number(new URL(app.url).port) : 0;
    const others = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
    const outside = others.filter(({ internal, family }) => !internal && family === 'IPv4');
    expect(outside.length).toBeGreaterThan(0);
    for (const { address } of outside) await expect(fetch(`http://${address}:${port}/`)).rejects.toThrow();
  });

  test('puts questions to the app, hostile ones too, and tells its answers', async () => {
    const echo =
      'import http.server as h, urllib.parse as u\n' +
      'class H(h.BaseHTTPRequestHandler):\n' +
      '  def do_GET(self):\n' +
      '    q = u.parse_qs(u.urlparse(self.path).query, keep_blank_values=True).get("address", ["-"])[0]\n' +
      '    self.send_response(200); self.end_headers(); self.wfile.write(q.encode() * (100000 if q == "long" else 1))\n' +
      'h.HTTPServer(("", 8000), H).serve_forever()\n';
    const compose = web(uniqueName(), '', '  ask: {service: web, port: 8000, path: /parse, param: address}');
    await using made = await startTestRun({
      'compose.yaml': compose,
      'echo.py': echo,
      Dockerfile: dockerfile('COPY echo.py /', 'CMD ["python", "-u", "/echo.py"]'),
    });
    await expect(made.run.ask('early')).rejects.toMatchObject({ code: 'not-running' });
    await made.first((event) => event.type === 'phase' && event.phase === 'ready');
    const hostile = 'a&address=b#c"\'<script>\r\nHost: x %00 ünï✓';
    for (const question of [hostile, '']) {
      await made.run.ask(question);
      const answer = await made.first((event) => event.type === 'answer' && event.question === question);
      expect(answer).toMatchObject({ status: 200, reply: question });
    }
    await expect(made.run.ask('long')).rejects.toMatchObject({ code: 'no-answer' });
    made.run.stop();
    await made.run.done;
    await expect(made.run.ask('late')).rejects.toMatchObject({ code: 'not-running' });
  });

  test('that prints 200 MB stays small, says what it left out, and shows the end', async () => {
    const compose = `name: ${uniqueName()}\nservices: {loud: {image: python:3.13-slim, command: "sh -c 'yes aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | head -c 200000000; echo; echo the end'"}}\n`;
    await using made = await startTestRun({ 'compose.yaml': compose });
    const text = printed(await made.all(), 'loud');
    expect(text.length).toBeLessThan(20_000_000);
    expect(text).toMatch(/… [\d.]+ [kM]B left out …/u);
    expect(text.trimEnd().endsWith('the end')).toBe(true);
    expect(process.memoryUsage().rss).toBeLessThan(600e6);
  });
});

describe('a run is cancelled', () => {
  test.each(['buildkit', 'classic'] as const)(
    'in the middle of a %s build, and the step really ends',
    async (builder) => {
      const seconds = 800_000 + Math.floor(Math.random() * 100_000);
      const name = uniqueName();
      await using made = await startTestRun(
        { 'compose.yaml': web(name), Dockerfile: dockerfile(`RUN echo begun && sleep ${seconds}`, server) },
        { builder },
      );
      await made.first((event) => event.type === 'output' && event.text.includes('begun'));
      await expect.poll(() => sleeps(seconds)).toBe(true);
      made.run.stop();
      const events = await made.all();
      expect(phasesOf(events)).toEqual(['queued', 'building', 'cancelled']);
      expect(events.at(-1)).toMatchObject({ type: 'exit', status: 130 });
      expect(events.some(({ type }) => type === 'error')).toBe(false);
      await expect.poll(() => sleeps(seconds), { timeout: 10_000 }).toBe(false);
    },
  );

  test.runIf(testBuilders.includes('podman'))(
    'in the middle of a build by Podman, which ends the step that runs but begins no other',
    async () => {
      const first = 3 + Math.random();
      const second = 800_000 + Math.floor(Math.random() * 100_000);
      const steps = dockerfile(`RUN echo begun && sleep ${first}`, `RUN sleep ${second}`, server);
      const files = { 'compose.yaml': web(uniqueName()), Dockerfile: steps };
      await using made = await startTestRun(files, { builder: 'podman' });
      await expect.poll(() => sleeps(first), { timeout: 10_000 }).toBe(true);
      made.run.stop();
      expect(phasesOf(await made.all())).toEqual(['queued', 'building', 'cancelled']);
      await expect.poll(() => sleeps(first), { timeout: 10_000 }).toBe(false);
      await expect(vi.waitUntil(() => sleeps(second), { timeout: 2000 })).rejects.toThrow();
    },
  );

  test('while it waits for an answer, and its container goes', async () => {
    const name = uniqueName();
    await using made = await startTestRun({
      'compose.yaml': web(name),
      Dockerfile: dockerfile('CMD ["sh", "-c", "echo up; exec sleep 1000"]'),
    });
    await made.first((event) => event.type === 'output' && event.text.includes('up'));
    made.run.stop();
    expect(phasesOf(await made.all()).slice(-3)).toEqual(['starting', 'stopping', 'cancelled']);
    expect(await leftovers(made.engine, name)).toEqual([]);
  });
});

/** Whether the engine's host runs `sleep <seconds>`. */
async function sleeps(seconds: number): Promise<boolean> {
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/u.test(name))) {
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (line === `sleep\0${seconds}\0`) return true;
  }
  return false;
}

describe('a run fails, and says why', () => {
  test('when a step of the build fails: with its line', async () => {
    const files = { 'compose.yaml': web(uniqueName()), Dockerfile: dockerfile('', 'RUN exit 7', server) };
    expect(await failing(files)).toMatchObject({
      code: 'build-failed',
      line: 3,
      message: expect.stringContaining('code 7'),
    });
  });

  test('when there is no Dockerfile', async () => {
    expect(await failing({ 'compose.yaml': web(uniqueName()) })).toMatchObject({ code: 'no-dockerfile' });
  });

  test('when the base image is not to be had', async () => {
    const name = 'localhost:9/nobody/nothing:1';
    const error = await failing({ 'compose.yaml': web(uniqueName()), Dockerfile: `FROM ${name}\n` });
    expect(error).toMatchObject({ code: 'no-base-image', message: expect.stringContaining(name) });
  });

  test('when the container ends by itself', async () => {
    const files = {
      'compose.yaml': web(uniqueName()),
      Dockerfile: dockerfile('CMD ["sh", "-c", "echo oops; exit 5"]'),
    };
    expect(await failing(files)).toMatchObject({
      code: 'container-ended',
      message: '"web" ended with exit code 5.',
    });
  });

  test('when the command does not exist', async () => {
    const files = { 'compose.yaml': web(uniqueName()), Dockerfile: dockerfile('CMD ["nonsense"]') };
    expect(await failing(files)).toMatchObject({ message: expect.stringContaining('nonsense') });
  });

  test('when it wants more memory than it may have', async () => {
    const files = {
      'compose.yaml': web(uniqueName(), '    mem_limit: 32m'),
      Dockerfile: dockerfile('CMD ["python", "-c", "x = bytearray(200_000_000)"]'),
    };
    expect(await failing(files)).toMatchObject({
      code: 'out-of-memory',
      message: expect.stringContaining('32 MB'),
    });
  });

  test('when it is killed from outside', async () => {
    const name = uniqueName();
    await using made = await startTestRun({ 'compose.yaml': web(name), Dockerfile: dockerfile(server) });
    await made.first((event) => event.type === 'phase' && event.phase === 'ready');
    const [container] = (await leftovers(made.engine, name)).filter(({ kind }) => kind === 'container');
    const { pid } = await made.engine.inspectContainer(container?.id ?? '');
    process.kill(pid, 'SIGKILL');
    expect(errorOf(await made.all())).toMatchObject({
      code: 'container-killed',
      message: expect.stringContaining('SIGKILL'),
    });
  });

  test('when its healthcheck never passes: with what it printed', async () => {
    const check = '    healthcheck: {test: "echo not yet; exit 1", interval: 100ms, retries: 3}';
    const files = { 'compose.yaml': web(uniqueName(), check), Dockerfile: dockerfile(server) };
    expect(await failing(files)).toMatchObject({
      code: 'unhealthy',
      message: expect.stringContaining('not yet'),
    });
  });

  test('when nobody answers on its port', async () => {
    const files = {
      'compose.yaml': web(uniqueName()),
      Dockerfile: dockerfile('CMD ["python", "-m", "http.server", "8000", "--bind", "127.0.0.1"]'),
    };
    const error = await failing(files, { readyTimeoutMs: 1500 });
    expect(error).toMatchObject({ code: 'no-answer', hint: expect.stringContaining('0.0.0.0:8000') });
  });

  test('when a mount leads out of the folder by a symbolic link', async () => {
    const files = {
      'compose.yaml': web(uniqueName(), '    volumes: [./out:/out]'),
      Dockerfile: dockerfile(server),
    };
    const prepare = async (folder: string) => symlink('/etc', path.join(folder, 'out'));
    expect(await failing(files, { prepare })).toMatchObject({ code: 'bad-mount' });
  });
});

/** Runs a demo that must fail, and gives its error. */
async function failing(files: Record<string, string>, options: Parameters<typeof startTestRun>[1] = {}) {
  await using made = await startTestRun(files, options);
  const events = await made.all();
  expect(await leftovers(made.engine, made.demo.name)).toEqual([]);
  expect(phasesOf(events).at(-1)).toBe('failed');
  expect(events.at(-1)).toMatchObject({ type: 'exit', status: 1 });
  return errorOf(events);
}
