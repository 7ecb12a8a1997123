import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toAnswer, type Answer } from '../../src/demo/run/answer-parts.ts';
import type { RunEvent } from '../../src/demo/run/run-event.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { nameInstance } from '../../src/runner/instance.ts';
import { type Run, startRun } from '../../src/runner/run.ts';
import { connectTestEngine } from '../engine/test-engine.ts';
import { copyLibpostalDemo, serveStandIn, type StandInSource } from './libpostal-stand-in.ts';
import { describe as show, leftovers, parseTestDemo, printed, uniqueName } from './run-demo.ts';

/** apt installs a compiler once; after that the engine has it in its cache. */
const BUILD_LIMIT_MS = 600_000;
const never = new AbortController().signal;

interface Started {
  engine: Engine;
  run: Run;
  name: string;
}

async function start(source: string, name: string): Promise<Started & AsyncDisposable> {
  const made = await copyLibpostalDemo(source, name);
  const engine = await connectTestEngine();
  const demo = await parseTestDemo(made.compose);
  const run = startRun(demo, {
    id: randomUUID(),
    engine,
    folder: made.folder,
    instance: await nameInstance(),
  });
  return {
    engine,
    run,
    name,
    [Symbol.asyncDispose]: async () => {
      run.stop();
      await run.done;
      engine.close();
      await made[Symbol.asyncDispose]();
    },
  };
}

async function untilReady(run: Run): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const event of run.events(0, never)) {
    events.push(event);
    if (event.type === 'phase' && event.phase === 'ready') return events;
  }
  throw new Error(`never ready: ${show(events)}`);
}

async function ask(run: Run, question: string): Promise<Answer> {
  await run.ask(question);
  const answers: (RunEvent & { type: 'answer' })[] = [];
  const enough = new AbortController();
  for await (const event of run.events(0, enough.signal)) {
    if (event.type === 'answer') answers.push(event);
    if (answers.some((answer) => answer.question === question)) enough.abort();
  }
  const answer = answers.find((one) => one.question === question);
  if (answer === undefined) throw new Error('no answer');
  return toAnswer(answer);
}

describe('the libpostal demo, with a stand-in for its sources', () => {
  const name = uniqueName();
  let source: StandInSource;
  let started: Started & AsyncDisposable;
  let events: RunEvent[];

  beforeAll(async () => {
    source = await serveStandIn();
    started = await start(source.url, name);
    events = await untilReady(started.run);
  }, BUILD_LIMIT_MS);

  afterAll(async () => {
    const { engine } = started;
    started.run.stop();
    await started.run.done;
    expect(await leftovers(engine, name)).toEqual([]);
    await engine.removeImage(`deckhand-${name}-api:latest`);
    await engine.removeVolume(`deckhand-${name}-models`);
    await started[Symbol.asyncDispose]();
    await source[Symbol.asyncDispose]();
  });

  test('fetches the version that its build argument names, and compiles and installs it', () => {
    expect(source.asked).toEqual(['/archive/v1.1.3.tar.gz']);
    const made = events.flatMap((event) =>
      event.type === 'step' && event.state === 'done' ? [event.name] : [],
    );
    const steps = ['RUN ./bootstrap.sh', 'RUN ./configure', 'RUN make -j4', 'RUN make install && ldconfig'];
    for (const step of steps) expect(made.some((name) => name.startsWith(step))).toBe(true);
  });

  test('downloads the models before it is ready, and says so', () => {
    expect(printed(events, 'api')).toContain(
      'stand-in models downloaded\nloading 0.0 GB of models\nready after',
    );
  });

  test('takes an address apart, and says that a stand-in did it', async () => {
    expect(await ask(started.run, 'Av. Corrientes 1234, C1043 Buenos Aires, Argentina')).toEqual({
      kind: 'parts',
      parts: [
        { label: 'road', value: 'av. corrientes' },
        { label: 'house_number', value: '1234' },
        { label: 'postcode', value: 'c1043' },
        { label: 'city', value: 'buenos aires' },
        { label: 'country', value: 'argentina' },
      ],
      note: 'Taken apart by a stand-in library, not by libpostal.',
    });
  });

  test('keeps letters of every script whole', async () => {
    const answer = await ask(started.run, '1 Улица Ленина, 東京, 🏠');
    expect(answer).toMatchObject({
      parts: [
        { label: 'house_number', value: '1' },
        { label: 'road', value: 'Улица Ленина' },
        { label: 'city', value: '東京' },
        { label: 'state', value: '🏠' },
      ],
    });
  });

  test.each([
    ['nothing', '', 'Type an address first.'],
    ['only spaces and control characters', ' \u0000\t\n ', 'Type an address first.'],
    [
      'more than 300 characters',
      'x'.repeat(301),
      'An address has at most 300 characters here; this one has 301.',
    ],
  ])('refuses %s, in words', async (_what, question, message) => {
    expect(await ask(started.run, question)).toEqual({ kind: 'refused', message });
  });

  test('gives hostile input back as text', async () => {
    const question = `<script>alert(1)</script> \u202e&address=x%00'"; DROP TABLE`;
    const answer = await ask(started.run, question);
    expect(JSON.stringify(answer)).toContain('<script>alert(1)</script>');
    expect(JSON.stringify(answer)).not.toContain('\u202e');
  });

  test('a rebuild finds the models in their volume', async () => {
    started.run.stop();
    await started.run.done;
    await using again = await start(source.url, name);
    const second = await untilReady(again.run);
    expect(printed(second, 'api')).toContain('stand-in models are up to date\n');
    const made = second.flatMap((event) =>
      event.type === 'step' && event.state === 'done' ? [event.name] : [],
    );
    expect(made).toEqual([]);
    expect(source.asked).toHaveLength(1);
  });
});
