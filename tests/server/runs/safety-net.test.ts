import { anyPanel } from '../../stage/any-panel.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Demo } from '../../../src/demo/demo.ts';
import { toPace } from '../../../src/demo/recording/recorded-pace.ts';
import type { RunEvent, RunEventBody } from '../../../src/demo/run/run-event.ts';
import { EventReader } from '../event-reader.ts';
import { TestServer } from '../test-server.ts';

let server: TestServer;
beforeEach(async () => {
  server = await TestServer.open();
  // Somebody can be asked.
  server.stage.speakers.say('a speaker view', true);
});
afterEach(() => server[Symbol.asyncDispose]());

const step = (number: number, state: 'running' | 'done' | 'failed'): RunEventBody => ({
  type: 'step',
  service: 'web',
  step: number,
  of: 2,
  name: ['FROM a', 'RUN b'][number - 1] ?? '',
  state,
});
const BUILDING: RunEventBody[] = [{ type: 'phase', phase: 'building' }, step(1, 'running'), step(1, 'done')];
const FAILING: RunEventBody[] = [
  step(2, 'failed'),
  { type: 'error', code: 'build-failed', message: 'RUN b failed', hint: 'Correct that line' },
  { type: 'phase', phase: 'failed' },
];
/** Comes to its second step after three seconds. */
const RECORDED: RunEvent[] = [
  { at: 0, type: 'phase', phase: 'building' },
  { at: 100, ...step(1, 'running') },
  { at: 3000, ...step(1, 'done') },
  { at: 3000, ...step(2, 'running') },
  { at: 8000, ...step(2, 'done') },
  { at: 9000, type: 'phase', phase: 'ready' },
];

/** At the beginning of the second step. */
const LEFT = { at: 3000, before: 3 };
/** Time enough to tell what the run does. */
const BUDGET = 300;
const HOUR = 3_600_000;

function plan(fallback: Demo['fallback'], budgetMs = HOUR): void {
  server.plan = {
    fallback,
    budgetMs,
    pace: toPace({ events: RECORDED, times: Float64Array.from(RECORDED, ({ at }) => at) }),
  };
}

const panel = () => anyPanel(server.stage.state.panels['django']);

/** Waits until the panel of the demo is so. */
async function panelIs(isSo: (state: NonNullable<ReturnType<typeof panel>>) => boolean): Promise<void> {
  await new Promise<void>((resolve) => {
    const look = () => {
      const state = panel();
      if (state !== undefined && isSo(state)) resolve();
    };
    server.stage.listen(look);
    look();
  });
}

function push(events: readonly RunEventBody[]): void {
  for (const event of events) server.run.log.push(event);
}

const decide = (take: boolean) => server.post('/api/stage', { type: 'fallback', demo: 'django', take });

/** What a screen that comes now gets of the run, up to its end. */
async function shown(id: string): Promise<string[]> {
  using screen = await EventReader.open(server, `/api/runs/${id}/events`);
  return (await screen.rest()).filter(({ event }) => event === 'message').map(({ data }) => summary(data));
}

function summary(data: string): string {
  const event = JSON.parse(data) as RunEvent;
  if (event.type === 'step') return `${event.step} ${event.state}`;
  return event.type === 'phase' ? event.phase : event.type;
}

describe('a run that fails', () => {
  test('with fallback: auto goes on from the recording at the same step, and is stopped', async () => {
    plan('auto');
    const id = await server.start();
    push([...BUILDING, step(2, 'running'), ...FAILING]);
    await panelIs(({ replay }) => replay !== undefined);
    expect(panel()).toEqual({
      shows: 'continued',
      run: { id, startedAt: 1000, left: LEFT },
      replay: { from: 3000, startedAt: 1000, speed: 1 },
    });
    expect(server.run.stops).toBe(1);
    expect(await shown(id)).toEqual(['building', '1 running', '1 done', '2 running']);
  });

  test('with fallback: ask asks the speaker, and no screen sees the failure meanwhile', async () => {
    plan('ask');
    const id = await server.start();
    using screen = await EventReader.open(server, `/api/runs/${id}/events`);
    push([...BUILDING, ...FAILING]);
    await panelIs(({ offer }) => offer !== undefined);
    expect(panel()?.offer).toEqual({
      reason: 'failed',
      since: 1000,
      message: 'RUN b failed',
      hint: 'Correct that line',
      isSeen: false,
    });
    expect((await screen.next(3)).map(({ data }) => summary(data))).toEqual([
      'building',
      '1 running',
      '1 done',
    ]);
    await decide(true);
    expect((await screen.rest()).map(({ event }) => event)).toEqual(['end']);
    expect(panel()).toMatchObject({
      shows: 'continued',
      run: { id, startedAt: 1000, left: LEFT },
      replay: { from: 3000 },
    });
    expect(panel()?.offer).toBeUndefined();
  });

  test('shows its error when the speaker does not want the recording, and goes on from it when he does later', async () => {
    plan('ask');
    const id = await server.start();
    push([...BUILDING, ...FAILING]);
    await panelIs(({ offer }) => offer !== undefined);
    await decide(false);
    server.run.end();
    expect(panel()).toEqual({ shows: 'live', run: { id, startedAt: 1000 } });
    expect(await shown(id)).toEqual([
      'building',
      '1 running',
      '1 done',
      '2 failed',
      'error',
      'failed',
      'exit',
    ]);
    await decide(true);
    expect(panel()).toMatchObject({
      shows: 'continued',
      run: { id, startedAt: 1000, left: LEFT },
      replay: { from: 3000 },
    });
  });

  test.each([
    ['with fallback: never', () => plan('never')],
    ['without a recording', () => (server.plan = { fallback: 'ask', budgetMs: HOUR, pace: undefined })],
  ])('%s shows its error at once, and nothing is offered', async (_when, prepare) => {
    prepare();
    const id = await server.start();
    push([...BUILDING, ...FAILING]);
    server.run.end();
    expect(await shown(id)).toEqual([
      'building',
      '1 running',
      '1 done',
      '2 failed',
      'error',
      'failed',
      'exit',
    ]);
    expect(panel()).toEqual({ shows: 'live', run: { id, startedAt: 1000 } });
  });

  test('behind a replay that covers it asks nobody', async () => {
    plan('ask');
    const id = await server.start();
    await server.post('/api/stage', { type: 'replay', demo: 'django' });
    push(FAILING);
    server.run.end();
    expect(await shown(id)).toContain('error');
    expect(panel()?.offer).toBeUndefined();
  });

  test('is gone with its offer when the demo is reset', async () => {
    plan('ask');
    await server.start();
    push([...BUILDING, ...FAILING]);
    await panelIs(({ offer }) => offer !== undefined);
    expect((await server.post('/api/demos/django/reset')).status).toBe(204);
    expect(panel()).toEqual({ shows: 'nothing' });
    await decide(false);
    expect(panel()).toEqual({ shows: 'nothing' });
  });

  test('makes room for the next run, which is not taken for it', async () => {
    plan('ask');
    await server.start();
    push(FAILING);
    server.run.end();
    await panelIs(({ offer }) => offer !== undefined);
    const id = await server.start();
    expect(panel()).toEqual({ shows: 'live', run: { id, startedAt: 1000 } });
    push(FAILING);
    await panelIs(({ offer }) => offer !== undefined);
    await decide(true);
    expect(panel()?.run?.id).toBe(id);
  });
});

describe('a run that is not ready within its budget', () => {
  test('with fallback: auto goes on from the recording', async () => {
    plan('auto', BUDGET);
    const id = await server.start();
    push([...BUILDING, step(2, 'running')]);
    await panelIs(({ replay }) => replay !== undefined);
    expect(panel()?.run).toEqual({ id, startedAt: 1000, left: LEFT });
    expect(server.run.stops).toBe(1);
    expect(await shown(id)).toEqual(['building', '1 running', '1 done', '2 running']);
  });

  test('is waited for if the speaker wants, without being asked again, until it fails', async () => {
    plan('ask', BUDGET);
    const id = await server.start();
    push(BUILDING);
    await panelIs(({ offer }) => offer?.reason === 'slow');
    expect(panel()?.offer?.message).toBe('Not ready within its budget of 0 s.');
    await decide(false);
    expect(panel()).toEqual({ shows: 'live', run: { id, startedAt: 1000 } });
    push(FAILING);
    await panelIs(({ offer }) => offer?.reason === 'failed');
  });

  test('and then fails is one offer still, with what went wrong', async () => {
    plan('ask', BUDGET);
    await server.start();
    await panelIs(({ offer }) => offer?.reason === 'slow');
    await server.post('/api/stage', { type: 'fallback-seen', demo: 'django' });
    expect(panel()?.offer?.isSeen).toBe(true);
    push(FAILING);
    await panelIs(({ offer }) => offer?.reason === 'failed');
    expect(panel()?.offer).toMatchObject({ message: 'RUN b failed', isSeen: false });
  });

  test('and gets ready while the speaker thinks is live, and nothing is asked any more', async () => {
    plan('ask', BUDGET);
    const id = await server.start();
    await panelIs(({ offer }) => offer !== undefined);
    push([{ type: 'phase', phase: 'ready' }]);
    await panelIs(({ offer }) => offer === undefined);
    expect(panel()).toEqual({ shows: 'live', run: { id, startedAt: 1000 } });
    expect(server.run.stops).toBe(0);
  });

  test('is not asked about when the speaker stops it', async () => {
    plan('ask', BUDGET);
    const id = await server.start();
    await panelIs(({ offer }) => offer !== undefined);
    await server.ask({ method: 'DELETE', path: `/api/runs/${id}`, token: true });
    expect(panel()).toEqual({ shows: 'live', run: { id, startedAt: 1000 } });
    expect((await shown(id)).at(-1)).toBe('exit');
  });
});

describe('the key', () => {
  test('goes on from the recording at any time, and pressed twice does so once', async () => {
    plan('ask');
    const id = await server.start();
    push([...BUILDING, step(2, 'running')]);
    await server.ask({ path: '/api/health' });
    await decide(true);
    const before = panel();
    expect(before).toMatchObject({ shows: 'continued', run: { id, startedAt: 1000, left: LEFT } });
    expect((await decide(true)).status).toBe(200);
    expect(panel()).toEqual(before);
    expect(server.run.stops).toBe(1);
  });

  test('works with fallback: never as well', async () => {
    plan('never');
    await server.start();
    await decide(true);
    expect(panel()?.replay).toBeDefined();
  });

  test('without a live run, or after one that ended well, plays the recording from its beginning', async () => {
    plan('ask');
    await decide(true);
    expect(panel()).toEqual({ shows: 'recorded', replay: { from: 0, startedAt: 1000, speed: 1 } });
    await server.start();
    push([...BUILDING, { type: 'phase', phase: 'ready' }]);
    server.run.end();
    await server.run.done;
    await server.ask({ path: '/api/health' });
    await decide(true);
    expect(panel()).toEqual({ shows: 'recorded', replay: { from: 0, startedAt: 1000, speed: 1 } });
  });

  test('without a recording says so, and the run goes on', async () => {
    const id = await server.start();
    const { status, json } = await decide(true);
    expect([status, json['type']]).toEqual([409, 'urn:deckhand:no-recording']);
    expect(panel()).toEqual({ shows: 'live', run: { id, startedAt: 1000 } });
    expect(server.run.stops).toBe(0);
  });

  test('starts a new run after the one that was left has gone', async () => {
    plan('ask');
    const first = await server.start();
    server.run.isSlowToStop = true;
    await decide(true);
    const again = server.start();
    server.runs[0]?.end();
    const second = await again;
    expect(second).not.toBe(first);
    expect(panel()).toEqual({ shows: 'live', run: { id: second, startedAt: 1000 } });
  });
});

describe('a command that the clicker typed', () => {
  const command = (name: string, state: 'running' | 'done', exitCode?: number): RunEventBody => ({
    type: 'command',
    service: 'web',
    name,
    state,
    ...(exitCode === undefined ? {} : { exitCode, ms: 5 }),
  });
  const PLAYED: RunEvent[] = [
    { at: 0, type: 'phase', phase: 'ready' },
    { at: 2000, ...command('migrate', 'running') },
    { at: 2500, ...command('migrate', 'done', 0) },
    { at: 6000, ...command('migrate', 'running') },
    { at: 6500, ...command('migrate', 'done', 0) },
  ];

  function planCommands(fallback: Demo['fallback'], more: Partial<NonNullable<Demo['commands']>[0]> = {}) {
    server.plan = {
      fallback,
      budgetMs: HOUR,
      commands: [{ name: 'migrate', run: 'python manage.py migrate', ...more }],
      pace: toPace({ events: PLAYED, times: Float64Array.from(PLAYED, ({ at }) => at) }),
    };
  }

  const ready: RunEventBody = { type: 'phase', phase: 'ready' };

  test('and that fails is offered from the recording, at the same command the same time round', async () => {
    planCommands('ask');
    await server.start();
    push([ready, command('migrate', 'running'), command('migrate', 'done', 0)]);
    push([command('migrate', 'running'), command('migrate', 'done', 1)]);
    await panelIs(({ offer }) => offer?.reason === 'command');
    expect(panel()?.offer?.message).toBe('The command "migrate" ended with 1, not 0.');
    await decide(true);
    expect(panel()).toMatchObject({ shows: 'continued', run: { left: { at: 6000, before: 3 } } });
  });

  test('is not offered when it ends as its demo expects', async () => {
    planCommands('auto', { expect: { exit: 3, contains: 'OK' } });
    const id = await server.start();
    push([ready, command('migrate', 'running'), { type: 'shell', service: 'web', text: '\r\nOK\r\n' }]);
    push([command('migrate', 'done', 3), { type: 'reload' }]);
    // A screen that has all of it: the safety net has heard it as well.
    using screen = await EventReader.open(server, `/api/runs/${id}/events`);
    await screen.next(5);
    expect(panel()).toMatchObject({ shows: 'live' });
    expect(panel()?.offer).toBeUndefined();
  });

  test('and that outlasts its budget is offered, until it has ended after all', async () => {
    planCommands('ask', { budgetMs: 50 });
    await server.start();
    push([ready, command('migrate', 'running')]);
    await panelIs(({ offer }) => offer?.reason === 'slow');
    push([command('migrate', 'done', 0)]);
    await panelIs(({ offer }) => offer === undefined);
    expect(panel()?.shows).toBe('live');
  });

  test('and that prints something else goes on by itself with fallback: auto', async () => {
    planCommands('auto', { expect: { contains: 'OK' } });
    await server.start();
    push([ready, command('migrate', 'running'), command('migrate', 'done', 0)]);
    await panelIs(({ replay }) => replay !== undefined);
    expect(panel()).toMatchObject({ shows: 'continued', run: { left: { at: 2000, before: 1 } } });
  });
});
