import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { connectTestEngine, testBuilders, testEngines } from '../engine/test-engine.ts';
import { errorOf, phasesOf, printed, startTestRun, uniqueName } from './run-demo.ts';

const compose = (name: string) =>
  `name: ${name}\nservices:\n  web:\n    build: .\n    ports: ["8000"]\n    stop_grace_period: 0s\n` +
  `x-demo:\n  app: {service: web, port: 8000}\n`;
const dockerfile = (...lines: string[]) => ['FROM python:3.13-slim', ...lines].join('\n');
const server = 'CMD ["python", "-u", "-m", "http.server", "8000"]';
/** Whether anything but the loopback is there: all that a container without a network has. */
const LOOK = `python -c "import socket; print('interfaces', sorted(name for _, name in socket.if_nameindex() if name in ('lo', 'eth0')))"`;

describe.each(testBuilders)('an offline run, built by %s', (builder) => {
  test('that finds everything in the build cache works, and its app answers', async () => {
    const name = uniqueName();
    const files = { 'compose.yaml': compose(name), Dockerfile: dockerfile(`RUN echo ${name}`, server) };
    await using online = await startTestRun(files, { builder });
    await online.first((event) => event.type === 'phase' && event.phase === 'ready');
    online.run.stop();
    await online.run.done;
    await using run = await startTestRun(files, { builder, offline: true });
    const app = await run.first((event) => event.type === 'app');
    if (app.type !== 'app') throw new Error('no app');
    expect((await fetch(app.url)).status).toBe(200);
    run.run.stop();
    const states = (await run.all()).flatMap((event) =>
      event.type === 'step' && event.name.startsWith('RUN') ? [event.state] : [],
    );
    expect(states.at(-1)).toBe('cached');
  });

  test('pulls nothing: an image that is not here is a failure that says what to do', async () => {
    const image = 'python:0.0-not-here';
    const files = { 'compose.yaml': compose(uniqueName()), Dockerfile: `FROM ${image}\n${server}` };
    await using run = await startTestRun(files, { builder, offline: true });
    const events = await run.all();
    expect(phasesOf(events)).not.toContain('pulling');
    expect(errorOf(events)).toMatchObject({
      code: 'no-base-image',
      message: `The image ${image} is not on this machine.`,
      hint: expect.stringContaining(`docker pull ${image}`),
    });
  });
});

test.each(testBuilders.filter((builder) => builder !== 'podman'))(
  'a cold offline run gives the build steps of %s no network',
  async (builder) => {
    const files = { 'compose.yaml': compose(uniqueName()), Dockerfile: dockerfile(`RUN ${LOOK}`, server) };
    await using run = await startTestRun(files, { builder, offline: true, fresh: true });
    await run.first((event) => event.type === 'phase' && event.phase === 'ready');
    run.run.stop();
    const text = (await run.all()).flatMap((event) => (event.type === 'output' ? [event.text] : [])).join('');
    expect(text).toContain("interfaces ['lo']");
  },
);

test.each(testEngines)(
  '%s, which can not do that with its cache, fails at a step that would have to run',
  async (builder) => {
    const name = uniqueName();
    const files = {
      'compose.yaml': compose(name),
      Dockerfile: dockerfile(`RUN echo ${randomUUID()}`, server),
    };
    await using run = await startTestRun(files, { builder, offline: true });
    expect(errorOf(await run.all())).toMatchObject({
      code: 'not-cached',
      message: expect.stringMatching(/^Not in the build cache, so it would have to run: line 2, RUN echo /u),
      hint: expect.stringContaining('with a network'),
    });
  },
);

const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
const hasIp = isRoot && spawnSync('ip', ['-V']).status === 0;

/** A machine of its own as far as the kernel is concerned: a network namespace at the end of a cable. */
function plugIn(): { url: string } & Disposable {
  const id = randomUUID().slice(0, 6);
  const [near, far] = [`dh${id}a`, `dh${id}b`];
  const ip = (...args: string[]) => expect(spawnSync('ip', args).status).toBe(0);
  ip('netns', 'add', far);
  ip('link', 'add', near, 'type', 'veth', 'peer', 'name', far, 'netns', far);
  ip('addr', 'add', '10.213.77.1/30', 'dev', near);
  ip('link', 'set', near, 'up');
  ip('-n', far, 'addr', 'add', '10.213.77.2/30', 'dev', far);
  ip('-n', far, 'link', 'set', far, 'up');
  return {
    url: '10.213.77.2',
    [Symbol.dispose]: () => void spawnSync('ip', ['netns', 'delete', far]),
  };
}

test.runIf(hasIp).each([
  [false, 'refused'],
  [true, 'timed out'],
])(
  'a container of Docker reaches another machine, and none when it is offline (%s)',
  async (offline, said) => {
    using machine = plugIn();
    const name = uniqueName();
    // A closed port refuses when it is reached, and says nothing when it is not.
    const connect = `import socket; socket.create_connection(("${machine.url}", 9), 2)`;
    const files = {
      'compose.yaml': `name: ${name}\nservices:\n  web:\n    image: python:3.13-slim\n    command: [python, -c, '${connect}']\n`,
    };
    const engine = await connectTestEngine();
    await using run = await startTestRun(files, { engine, offline });
    expect(printed(await run.all(), 'web')).toContain(said);
    engine.close();
  },
);
