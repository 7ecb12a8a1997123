import { chmod, symlink } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { BuildFailure } from '../../src/engine/engine-error.ts';
import {
  buildFolder,
  connectTestEngine,
  lastStates,
  makeFolder,
  outputOf,
  testBuilders,
} from './test-engine.ts';

const unique = () => `# ${crypto.randomUUID()}`;

describe.each(testBuilders)('a build by %s', (builder) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await connectTestEngine(builder);
    expect(engine.facts.builder).toBe(builder === 'buildkit' ? 'buildkit' : 'classic');
    expect(engine.facts.flavour).toBe(builder === 'podman' ? 'podman' : 'docker');
  });
  afterAll(() => engine.close());

  test('tells every instruction with its line, output by step, and layer sizes; a second one is cached', async () => {
    await using made = await makeFolder({
      Dockerfile: [
        'ARG VERSION=3.13',
        '# the base',
        'FROM python:${VERSION}-slim',
        'ENV A=1',
        'WORKDIR /srv',
        'COPY data.txt .',
        'RUN echo one \\',
        '  && head -c 300000 /dev/zero > zeros && echo "grüße ✓"',
        'CMD ["true"]',
      ].join('\n'),
      'data.txt': unique(),
    });
    const first = await buildFolder(engine, made.folder, { tag: 'deckhand-test-steps' });
    const second = await buildFolder(engine, made.folder, { tag: 'deckhand-test-steps' });
    await engine.removeImage('deckhand-test-steps');
    expect(first.error).toBeUndefined();
    const steps = lastStates(first.events);
    expect(steps.at(-6)).toBe('3 FROM cached');
    expect(steps.slice(-3)).toEqual(['6 COPY done', '7 RUN done', '9 CMD done']);
    expect(steps.every((step) => !step.endsWith('running'))).toBe(true);
    expect(outputOf(first.events, 6)).toContain('one\n');
    expect(outputOf(first.events, 6)).toContain('grüße ✓');
    const layers = new Map(
      first.events.flatMap((event) => (event.type === 'layer' ? [[event.step, event.bytes]] : [])),
    );
    // Podman counts the layer's archive, with its headers.
    expect(Math.floor((layers.get(6) ?? 0) / 10_000)).toBe(30);
    expect(layers.get(2)).toBeGreaterThan(1e7);
    expect(lastStates(second.events).slice(-3)).toEqual(['6 COPY cached', '7 RUN cached', '9 CMD cached']);
    expect(first.events.at(-1)).toEqual(second.events.at(-1));
  });

  test('that fails names the line, and the step is failed', async () => {
    await using made = await makeFolder({
      Dockerfile: `FROM python:3.13-slim\n\nRUN echo before && \\\n  exit 3\nCMD ["true"]\n${unique()}`,
    });
    const { events, error } = await buildFolder(engine, made.folder);
    expect(error).toBeInstanceOf(BuildFailure);
    expect(error).toMatchObject({
      line: 3,
      message: 'Line 3 ended with exit code 3: RUN echo before && exit 3',
    });
    expect(lastStates(events).at(-1)).toBe('3 RUN failed');
    expect(outputOf(events, 2)).toContain('before');
  });

  test('that copies what is not there names the line', async () => {
    await using made = await makeFolder({ Dockerfile: 'FROM python:3.13-slim\nCOPY nothing.txt /\n' });
    const { error } = await buildFolder(engine, made.folder);
    expect(error).toMatchObject({ line: 2, message: expect.stringContaining('nothing.txt') });
  });

  test('of a Dockerfile with an unknown instruction names the line', async () => {
    await using made = await makeFolder({ Dockerfile: 'FROM python:3.13-slim\nRUM echo\n' });
    const { error } = await buildFolder(engine, made.folder);
    expect(error).toBeInstanceOf(BuildFailure);
    expect(error).toMatchObject({ line: 2, message: expect.stringMatching(/RUM/u) });
  });

  test('of several stages stops at its target, with lines of the right stage', async () => {
    const mark = crypto.randomUUID();
    await using made = await makeFolder({
      Dockerfile: [
        'FROM python:3.13-slim AS build',
        `LABEL deckhand.test=${mark}`,
        'RUN echo made > /made',
        'FROM python:3.13-slim AS run',
        'COPY --from=build /made /made',
        'RUN cat /made',
        'FROM run',
        'RUN exit 9',
        unique(),
      ].join('\n'),
    });
    const { events, error } = await buildFolder(engine, made.folder, { target: 'run', noCache: true });
    expect(error).toBeUndefined();
    expect(new Set(lastStates(events))).toEqual(
      new Set(['1 FROM cached', '2 LABEL done', '3 RUN done', '4 FROM cached', '5 COPY done', '6 RUN done']),
    );
    expect(outputOf(events, 6)).toContain('made');
    // The classic builder keeps the first stage as an image without a name.
    for (const { id } of await engine.list(`deckhand.test=${mark}`)) await engine.removeImage(id);
  });

  test('sends what .dockerignore leaves, with modes and links', async () => {
    await using made = await makeFolder({
      Dockerfile:
        'FROM python:3.13-slim\nCOPY . /in\nRUN cd /in && find . ! -type d | sort && test -x run.sh && readlink link',
      '.dockerignore': '# comment\n*.log\nbuild/*\n!build/keep.txt\n**/secret\n',
      'app.log': '',
      'run.sh': '#!/bin/sh\n',
      'build/keep.txt': '',
      'build/drop.txt': '',
      'deep/er/secret': '',
      'deep/er/known': unique(),
    });
    await chmod(path.join(made.folder, 'run.sh'), 0o755);
    await symlink('deep/er/known', path.join(made.folder, 'link'));
    const { events, error } = await buildFolder(engine, made.folder);
    expect(error).toBeUndefined();
    const files = outputOf(events, 3)
      .split('\n')
      .filter((line) => line.startsWith('./') && !line.includes('ocker'));
    expect(files).toEqual(['./build/keep.txt', './deep/er/known', './link', './run.sh']);
    expect(outputOf(events, 3)).toContain('deep/er/known');
  });

  test('with build arguments and labels has both', async () => {
    await using made = await makeFolder({
      Dockerfile: 'FROM python:3.13-slim\nARG WHO\nRUN echo "hello $WHO"\n',
    });
    const { events } = await buildFolder(engine, made.folder, { args: { WHO: unique() }, noCache: true });
    expect(outputOf(events, 3)).toContain('hello #');
  });

  test('with the official syntax is built by the engine’s own frontend, each step on its own line', async () => {
    await using made = await makeFolder({
      Dockerfile: '# A comment\n# syntax = docker/dockerfile:1.7\nFROM python:3.13-slim\n',
      'b/Dockerfile': '# syntax=docker/dockerfile:1\n\nFROM python:3.13-slim\nRUN echo hello\n',
    });
    const { events, error } = await buildFolder(engine, made.folder, { context: 'b', noCache: true });
    expect(error).toBeUndefined();
    expect(events.filter((event) => event.type === 'step').map(({ line }) => line)).toContain(4);
  });

  test('of something that needs a session says so', async () => {
    await using syntax = await makeFolder({
      Dockerfile: '# syntax=example.org/frontend:1\nFROM python:3.13-slim\n',
    });
    expect((await buildFolder(engine, syntax.folder)).error).toMatchObject({
      line: 1,
      message: expect.stringContaining('syntax'),
    });
    await using secret = await makeFolder({
      Dockerfile: 'FROM python:3.13-slim\nRUN --mount=type=secret,id=x true\n',
    });
    expect((await buildFolder(engine, secret.folder)).error).toMatchObject({
      line: 2,
      message: expect.stringContaining('secret'),
    });
  });
});

test('a character that BuildKit cuts over two messages arrives whole', async () => {
  const engine = await connectTestEngine('buildkit');
  // Written byte by byte, so that it can't come in one piece.
  const program =
    "import sys,time;[(sys.stdout.buffer.write(bytes([b])),sys.stdout.flush(),time.sleep(.2)) for b in '→✓'.encode()]";
  await using made = await makeFolder({
    Dockerfile: `FROM python:3.13-slim\nRUN python -c "${program}"\n${unique()}`,
  });
  const { events } = await buildFolder(engine, made.folder, { noCache: true });
  engine.close();
  expect(outputOf(events, 2)).toBe('→✓');
  expect(events.filter(({ type }) => type === 'output').length).toBeGreaterThan(1);
});
