import { anyPanel } from '../../stage/any-panel.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { UserError } from '../../../src/demo/user-error.ts';
import { EventReader } from '../event-reader.ts';
import { TestServer } from '../test-server.ts';

let server: TestServer;
beforeEach(async () => {
  server = await TestServer.open();
});
afterEach(() => server[Symbol.asyncDispose]());

const ids = (events: { id?: string }[]) => events.map((event) => event.id);
const panel = () => anyPanel(server.stage.state.panels['django']);

describe('starting a demo', () => {
  test('makes a run and tells every screen', async () => {
    const { status, json } = await server.post('/api/demos/django/runs');
    expect(status).toBe(201);
    expect(json).toEqual({ id: expect.stringMatching(/^[0-9a-f-]{36}$/), demo: 'django' });
    expect(panel()).toEqual({ shows: 'live', run: { id: json['id'], startedAt: 1000 } });
    expect(server.started).toEqual([{ demo: 'django', id: json['id'], fresh: false }]);
  });

  test('twice at once, and once more, is one run', async () => {
    const [first, second] = await Promise.all([
      server.post('/api/demos/django/runs'),
      server.post('/api/demos/django/runs'),
    ]);
    const third = await server.post('/api/demos/django/runs');
    expect(new Set([first.status, second.status])).toEqual(new Set([200, 201]));
    expect(third.status).toBe(200);
    expect(new Set([first, second, third].map(({ json }) => json['id'])).size).toBe(1);
    expect(server.started).toHaveLength(1);
  });

  test('brings a run back to the screens that a replay had covered', async () => {
    const id = await server.start();
    await server.post('/api/stage', { type: 'replay', demo: 'django' });
    expect(panel()?.run).toBeUndefined();
    expect(await server.start()).toBe(id);
    expect(panel()).toEqual({ shows: 'live', run: { id, startedAt: 1000 } });
    expect(server.started).toHaveLength(1);
  });

  test('while the run before is stopping waits for it, and starts one', async () => {
    const first = await server.start();
    const slow = server.run;
    slow.isSlowToStop = true;
    await server.ask({ method: 'DELETE', path: `/api/runs/${first}`, token: true });
    const again = server.start();
    expect((await server.ask({ path: '/api/health' })).status).toBe(200);
    expect(server.started).toHaveLength(1);
    slow.end();
    expect(await again).not.toBe(first);
    expect(server.started).toHaveLength(2);
  });

  test('after the run before is over makes a new one', async () => {
    const first = await server.start();
    server.run.end();
    expect(await server.start()).not.toBe(first);
  });

  test('without the cache is asked for by name', async () => {
    await server.post('/api/demos/django/runs', { fresh: true });
    expect(server.started[0]?.fresh).toBe(true);
  });

  test('that fails says why, and can be tried again', async () => {
    server.startError = new UserError('no-engine', 'No engine answers.', 'Start Docker.');
    const { status, json } = await server.post('/api/demos/django/runs');
    expect(status).toBe(409);
    expect(json).toMatchObject({
      type: 'urn:deckhand:no-engine',
      detail: 'No engine answers.',
      hint: 'Start Docker.',
    });
    expect(server.bugs).toEqual([]);
    server.startError = undefined;
    expect((await server.post('/api/demos/django/runs')).status).toBe(201);
  });

  test('that fails by a bug is reported, and the next answer comes', async () => {
    server.startError = new TypeError('x is not a function');
    const { status, json } = await server.post('/api/demos/django/runs');
    expect(status).toBe(500);
    expect(json).toMatchObject({ type: 'urn:deckhand:bug', status: 500, detail: 'x is not a function' });
    expect(server.bugs).toEqual([server.startError]);
    expect((await server.ask({ path: '/api/health' })).status).toBe(200);
  });

  test.each([{ image: 'evil' }, { command: 'rm' }])(
    'ignores what a client must not choose: %o',
    async (body) => {
      await server.post('/api/demos/django/runs', body);
      expect(Object.keys(server.started[0] ?? {}).toSorted()).toEqual(['demo', 'fresh', 'id']);
    },
  );

  test.each(['__proto__', 'constructor', '..', 'nope', 'django%00', '%2e%2e%2f'])(
    'knows no demo "%s"',
    async (name) => {
      const { status } = await server.post(`/api/demos/${name}/runs`);
      expect(status).toBe(404);
      expect(server.started).toEqual([]);
    },
  );

  test('is refused once Deckhand is stopping everything', async () => {
    await server.start();
    await server.context.runs.stopAll();
    expect(server.run.stops).toBe(1);
    const { status, json } = await server.post('/api/demos/django/runs');
    expect([status, json['type']]).toEqual([409, 'urn:deckhand:ending']);
    expect(server.started).toHaveLength(1);
  });

  test('at the moment of stopping everything is stopped as well', async () => {
    const starting = server.context.runs.start('django', false);
    await server.context.runs.stopAll();
    const outcome = await starting.then(
      ({ entry }) => entry.isOver,
      () => true,
    );
    expect(outcome).toBe(true);
    expect(server.runs.every((run) => run.stops === 1)).toBe(true);
  });
});

describe('a run that is under way', () => {
  test('is stopped, and stays stopped when it is told again', async () => {
    const path = `/api/runs/${await server.start()}`;
    expect((await server.ask({ method: 'DELETE', path, token: true })).status).toBe(202);
    expect((await server.ask({ method: 'DELETE', path, token: true })).status).toBe(202);
    expect(server.run.stops).toBe(2);
  });

  test('is gone from the screens when its demo is reset, and only when it has ended', async () => {
    await server.start();
    server.run.isSlowToStop = true;
    const reset = server.post('/api/demos/django/reset');
    await server.ask({ path: '/api/health' });
    expect(panel()?.run).toBeDefined();
    server.run.end();
    expect((await reset).status).toBe(204);
    expect(panel()).toEqual({ shows: 'nothing' });
  });

  test('gets the question that is asked, and refuses one that is too long or none', async () => {
    const path = `/api/runs/${await server.start()}/ask`;
    expect((await server.post(path, { question: 'Unter den Linden 1, Berlin' })).status).toBe(202);
    expect(server.run.questions).toEqual(['Unter den Linden 1, Berlin']);
    expect((await server.post(path, { question: 'x'.repeat(2001) })).json['type']).toBe(
      'urn:deckhand:bad-question',
    );
    expect((await server.post(path, {})).status).toBe(400);
    expect((await server.post(path, { question: '' })).json['type']).toBe('urn:deckhand:no-ask');
  });

  test('gets another container', async () => {
    expect((await server.post(`/api/runs/${await server.start()}/replicas`)).status).toBe(202);
    expect(server.run.replicas).toBe(1);
  });

  test.each(['GET /events', 'DELETE ', 'POST /ask', 'POST /replicas'])(
    'that nobody knows is a 404: %s',
    async (route) => {
      const [method = '', rest = ''] = route.split(' ');
      const { status, json } = await server.ask({
        method,
        path: `/api/runs/none${rest}`,
        token: true,
        ...(method === 'POST' ? { body: { question: 'x' } } : {}),
      });
      expect([status, json['type']]).toEqual([404, 'urn:deckhand:no-run']);
    },
  );
});

describe('the events of a run', () => {
  test('come with their numbers, as they happen, and end when the run does', async () => {
    const id = await server.start();
    server.run.print('before');
    using screen = await EventReader.open(server, `/api/runs/${id}/events`);
    expect(screen.response.headers['content-type']).toBe('text/event-stream');
    expect(JSON.parse((await screen.next(1))[0]?.data ?? '')).toEqual({
      at: 0,
      type: 'output',
      service: 'web',
      text: 'before',
    });
    server.run.print('while');
    expect(ids(await screen.next(1))).toEqual(['1']);
    server.run.end();
    const rest = await screen.rest();
    expect(rest.map(({ event }) => event)).toEqual(['message', 'end']);
    expect(rest[0]).toMatchObject({ id: '2', data: '{"at":0,"type":"exit","status":0}' });
  });

  test('go on after the last one that a screen had: nothing is lost, nothing comes twice', async () => {
    const id = await server.start();
    const path = `/api/runs/${id}/events`;
    for (let i = 0; i < 50; i += 1) server.run.print(`line ${i}\n`);
    const seen: string[] = [];
    // Drops its connection after every seven events, while the run prints on.
    for (let round = 0; round < 6; round += 1) {
      const last = seen.length === 0 ? {} : { 'Last-Event-ID': String(seen.length - 1) };
      using screen = await EventReader.open(server, path, last);
      seen.push(...(await screen.next(7)).map((event) => event.data));
      server.run.print(`more ${round}\n`);
    }
    server.run.end();
    using screen = await EventReader.open(server, path, { 'Last-Event-ID': String(seen.length - 1) });
    const rest = await screen.rest();
    seen.push(...rest.filter(({ event }) => event === 'message').map((event) => event.data));
    const all: string[] = [];
    for await (const event of server.run.log.events(0, new AbortController().signal))
      all.push(JSON.stringify(event));
    expect(seen).toEqual(all);
  });

  test('can be resumed by address, for clients that send no headers', async () => {
    const id = await server.start();
    server.run.print('a');
    server.run.end();
    using screen = await EventReader.open(server, `/api/runs/${id}/events?after=0`);
    expect(ids(await screen.rest())).toEqual(['1', undefined]);
  });

  test.each(['-7', 'NaN', '', 'x'])(
    'begin at the beginning for the senseless Last-Event-ID "%s"',
    async (last) => {
      const id = await server.start();
      server.run.end();
      using screen = await EventReader.open(server, `/api/runs/${id}/events`, { 'Last-Event-ID': last });
      expect(ids(await screen.rest())).toEqual(['0', undefined]);
    },
  );

  test('end at once for a screen that had the last one, so that it need not ask for ever', async () => {
    const id = await server.start();
    server.run.end();
    using screen = await EventReader.open(server, `/api/runs/${id}/events`, { 'Last-Event-ID': '0' });
    expect((await screen.rest()).map(({ event }) => event)).toEqual(['end']);
  });

  test('reach two screens, and go on for one when the other is gone', async () => {
    const id = await server.start();
    using first = await EventReader.open(server, `/api/runs/${id}/events`);
    const second = await EventReader.open(server, `/api/runs/${id}/events`);
    server.run.print('a');
    expect(ids(await first.next(1))).toEqual(['0']);
    expect(ids(await second.next(1))).toEqual(['0']);
    second[Symbol.dispose]();
    server.run.print('b');
    expect(ids(await first.next(1))).toEqual(['1']);
  });
});
