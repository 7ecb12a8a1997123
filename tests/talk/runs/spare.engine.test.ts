import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EngineWatch } from '../../../src/talk/runs/engine-watch.ts';
import { Sweeper } from '../../../src/talk/runs/sweeper.ts';
import { findEngine } from '../../../src/engine/find-engine.ts';
import { type SpareEngine, startSpareEngine } from '../../machine/spare-engine.ts';
import { connectTestEngine } from '../../engine/test-engine.ts';
import {
  errorOf,
  leftovers,
  phasesOf,
  startTestRun,
  type TestRun,
  uniqueName,
} from '../../runner/run-demo.ts';

const isThere = process.env['DECKHAND_TEST_SPARE'] !== undefined;

async function startSpare(options: { megabytes?: number } = {}): Promise<SpareEngine> {
  const engine = await connectTestEngine();
  engine.close();
  return startSpareEngine(engine.facts.endpoint.replace('unix://', ''), options);
}

const files = (name: string, ...lines: string[]) => ({
  'compose.yaml': `name: ${name}\nservices: {wait: {build: ., command: sleep 1000, init: true}}\n`,
  Dockerfile: ['FROM python:3.13-slim', ...lines].join('\n'),
});

describe.skipIf(!isThere)('an engine that is killed and started again', () => {
  let spare: SpareEngine;
  let engines: EngineWatch;
  let sweeper: Sweeper;
  const changes: boolean[] = [];
  const running = new Set<string>();
  beforeAll(async () => {
    spare = await startSpare();
    engines = new EngineWatch(`unix://${spare.socket}`);
    sweeper = new Sweeper(engines, (id) => running.has(id));
    await engines.start(() => {
      changes.push(engines.current.engine !== undefined);
      sweeper.start();
    });
  });
  afterAll(async () => {
    sweeper.close();
    engines.close();
    await spare[Symbol.asyncDispose]();
  });

  const current = () => {
    const { engine } = engines.current;
    if (engine === undefined) throw new Error('no engine');
    return engine;
  };

  const start = async (made: Record<string, string>): Promise<TestRun> => {
    const started = await startTestRun(made, { engine: current() });
    running.add(started.run.id);
    void started.run.done.then(() => running.delete(started.run.id));
    return started;
  };

  test('in the middle of a build fails the run, which says so, and the demo builds again', async () => {
    const name = uniqueName();
    const slow = files(name, 'RUN for i in 1 2 3 4 5 6 7 8 9; do echo $i; sleep 1; done');
    await using made = await start(slow);
    await made.first((event) => event.type === 'output' && event.text.includes('2'));
    await spare.kill();
    const events = await made.all();
    expect(errorOf(events)).toMatchObject({
      code: 'engine-gone',
      message: 'The engine stopped answering.',
      hint: expect.stringContaining('recordings'),
    });
    expect(phasesOf(events)).toEqual(['queued', 'building', 'failed']);
    await spare.start();
    await expect.poll(() => engines.current.engine, { timeout: 10_000 }).toBeDefined();
    await using again = await start(files(name, 'RUN true'));
    await again.first((event) => event.type === 'phase' && event.phase === 'ready');
  });

  test('in the middle of a run fails it, is noticed when it is back, is swept, and runs the demo again', async () => {
    const name = uniqueName();
    await using made = await start(files(name));
    await made.first((event) => event.type === 'phase' && event.phase === 'ready');
    changes.length = 0;
    await spare.kill();
    expect(errorOf(await made.all())).toMatchObject({ code: 'engine-gone' });
    await expect.poll(() => changes, { timeout: 10_000 }).toEqual([false]);
    await spare.start();
    await expect.poll(() => changes, { timeout: 10_000 }).toEqual([false, true]);
    await expect.poll(async () => leftovers(current(), name), { timeout: 10_000 }).toEqual([]);
    await using again = await start(files(name));
    await again.first((event) => event.type === 'phase' && event.phase === 'ready');
  });

  test('faster than anybody looks is swept all the same', async () => {
    const name = uniqueName();
    await using made = await start(files(name));
    await made.first((event) => event.type === 'phase' && event.phase === 'ready');
    await spare.kill();
    await made.run.done;
    sweeper.start();
    await spare.start();
    await expect
      .poll(async () => leftovers(made.engine, name).catch(() => 'gone'), { timeout: 10_000 })
      .toEqual([]);
  });
});

describe.skipIf(!isThere)('an engine whose disk is full', () => {
  let spare: SpareEngine;
  beforeAll(async () => {
    spare = await startSpare({ megabytes: 350 });
  });
  afterAll(() => spare[Symbol.asyncDispose]());

  test.each(['buildkit', 'classic'])('fails a build by %s, which says so', async (builder) => {
    const env = { DOCKER_HOST: `unix://${spare.socket}`, DOCKER_BUILDKIT: builder === 'classic' ? '0' : '1' };
    const found = await findEngine({ env });
    if (found.engine === undefined) throw found.problem;
    const large = files(uniqueName(), 'RUN head -c 400000000 /dev/zero > /large');
    await using made = await startTestRun(large, { engine: found.engine });
    const events = await made.all();
    expect(errorOf(events)).toMatchObject({
      code: 'disk-full',
      line: 2,
      message: 'The disk that the engine writes to is full.',
      hint: expect.stringContaining('docker system prune'),
    });
    found.engine.close();
  });
});
