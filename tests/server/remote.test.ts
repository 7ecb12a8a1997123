import { describe, expect, test } from 'vitest';
import { EventReader } from './event-reader.ts';
import { HOST, LanTest } from './lan-test.ts';

const move = (h: number) => ({ type: 'move', position: { h, v: 0, f: -1 } });

describe('pairing a phone', () => {
  test('needs the code that the speaker view shows, and is then good for moving the talk', async () => {
    await using lan = await LanTest.open();
    const before = await lan.ask({ path: '/remote' });
    expect(before.text).toBe('pair page');
    expect((await lan.ask({ method: 'POST', path: '/api/stage', body: move(1) })).status).toBe(401);
    const paired = await lan.pair();
    expect(paired.status).toBe(200);
    expect(paired.headers['set-cookie']?.[0]).toMatch(/HttpOnly; SameSite=Lax/);
    expect((await lan.ask({ path: '/remote', isPaired: true })).text).toContain('remote page');
    const moved = await lan.ask({ method: 'POST', path: '/api/stage', body: move(1), isPaired: true });
    expect(moved.status).toBe(200);
    expect(lan.server.stage.state.position.h).toBe(1);
  });

  test('a code works once, however it is typed, and says so to the next who comes with it', async () => {
    await using lan = await LanTest.open();
    const { code } = lan;
    expect((await lan.pair(`${code.slice(0, 4)} - ${code.slice(4).toLowerCase()}`)).status).toBe(200);
    expect(lan.code).not.toBe(code);
    const again = await lan.pair(code);
    expect([again.status, again.json['type']]).toEqual([410, 'urn:deckhand:used-code']);
    expect(again.json['detail']).toBe('This code has paired a phone already: each works once.');
    expect(lan.lan.state.remote?.devices).toHaveLength(1);
  });

  test('a wrong code is refused in words, and the speaker sees that somebody tried', async () => {
    await using lan = await LanTest.open();
    using speaker = await EventReader.open(lan.server, '/api/stage/events');
    await speaker.next(7);
    const wrong = await lan.pair('AAAA-AAAA');
    expect([wrong.status, wrong.json['detail']]).toEqual([403, 'This is not the code.']);
    const [told] = await speaker.next(1);
    expect(told?.event).toBe('lan');
    const { remote } = JSON.parse(told?.data ?? '') as ReturnType<typeof state>;
    expect(remote?.guesses).toMatchObject({ count: 1, addresses: [HOST] });
  });

  test('a hundred guesses are slowed down, counted, and keep nobody else from pairing', async () => {
    await using lan = await LanTest.open();
    const guesses = Array.from({ length: 100 }, (_, i) => lan.pair(`AAAA${String(i).padStart(4, '2')}`));
    const answers = await Promise.all(guesses);
    const tried = answers.filter(({ status }) => status === 403);
    const slowed = answers.filter(({ status }) => status === 429);
    expect(tried.length).toBeLessThan(10);
    expect(slowed.length).toBe(100 - tried.length);
    expect(Number(slowed[0]?.headers['retry-after'])).toBeGreaterThanOrEqual(1);
    expect(slowed[0]?.json['detail']).toMatch(/^Too many codes were tried\. Wait/);
    expect(lan.lan.state.remote?.guesses).toMatchObject({ count: 100, addresses: [HOST] });
    expect((await lan.pair(lan.code, '127.0.0.3')).status).toBe(200);
  });

  test('guesses from many addresses don’t keep out who has the code', async () => {
    await using lan = await LanTest.open();
    const guesses = Array.from({ length: 100 }, (_, i) => lan.pair('AAAAAAAA', `127.0.1.${i + 1}`));
    const statuses = (await Promise.all(guesses)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 403).length).toBe(100);
    expect((await lan.pair(lan.code, '127.0.2.1')).status).toBe(200);
  });
});

function state(lan: LanTest): LanTest['lan']['state'] {
  return lan.lan.state;
}

describe('a paired phone', () => {
  test('hears the stage, without the pairing code', async () => {
    await using lan = await LanTest.open();
    await lan.pair();
    const events = await listen(lan);
    const greeting = await events.next(6);
    expect(greeting.map(({ event }) => event)).toEqual([
      'hello',
      'stage',
      'demos',
      'drawings',
      'times',
      'deck',
    ]);
    expect(state(lan).remote?.devices[0]).toMatchObject({ isConnected: true, address: HOST });
    lan.server.stage.tell({ event: 'lan', data: state(lan) });
    lan.server.stage.change({ type: 'pause', isPaused: true });
    expect((await events.next(1))[0]?.event).toBe('stage');
    events[Symbol.dispose]();
  });

  test('that is taken back is told at once, and can do nothing more', async () => {
    await using lan = await LanTest.open();
    await lan.pair();
    const events = await listen(lan);
    await events.next(6);
    const id = state(lan).remote?.devices[0]?.id ?? '';
    const { status } = await lan.server.ask({ method: 'DELETE', path: `/api/devices/${id}`, token: true });
    expect(status).toBe(204);
    expect((await events.rest()).at(-1)?.event).toBe('taken-back');
    const refused = await lan.ask({ method: 'POST', path: '/api/stage', body: move(1), isPaired: true });
    expect([refused.status, refused.json['detail']]).toEqual([
      401,
      'This phone is not paired with this talk (any more).',
    ]);
    expect(state(lan).remote?.devices).toEqual([]);
    expect(lan.server.stage.state.version).toBe(0);
    const twice = await lan.server.ask({ method: 'DELETE', path: `/api/devices/${id}`, token: true });
    expect(twice.json['type']).toBe('urn:deckhand:no-device');
  });

  test('points, runs, stops and resets demos, and does nothing else', async () => {
    await using lan = await LanTest.open();
    await lan.pair();
    const ask = (method: string, path: string, body?: unknown) =>
      lan.ask({ method, path, body, isPaired: true });
    expect((await ask('POST', '/api/stage/laser', { point: { x: 1, y: 2 } })).status).toBe(204);
    expect((await ask('POST', '/api/stage', { type: 'timer', action: 'start' })).status).toBe(200);
    expect((await ask('POST', '/api/stage', { type: 'replay', demo: 'django' })).status).toBe(200);
    const { json } = await ask('POST', '/api/demos/django/runs');
    expect((await ask('GET', `/api/runs/${String(json['id'])}/events`)).status).toBe(200);
    expect((await ask('DELETE', `/api/runs/${String(json['id'])}`)).status).toBe(202);
    for (const [method, path, body] of [
      ['POST', '/api/stage', { type: 'overview', isOverview: true }],
      ['POST', '/api/stage', { type: 'view', demo: 'django', view: 'app' }],
      ['POST', '/api/stage/drawing', { type: 'wipe', slide: 'one', by: 'me' }],
      ['POST', `/api/runs/${String(json['id'])}/ask`, { question: 'x' }],
      ['POST', '/api/preflight', undefined],
      ['DELETE', `/api/devices/${state(lan).remote?.devices[0]?.id}`, undefined],
      ['GET', '/api/preflight', undefined],
    ] as const) {
      const { status } = await ask(method, path, body);
      expect([path, status]).toEqual([path, 403]);
    }
  });

  test('of a former deck is told that there is no such slide, and the talk stays where it is', async () => {
    await using lan = await LanTest.open();
    await lan.pair();
    const answer = await lan.ask({ method: 'POST', path: '/api/stage', body: move(40), isPaired: true });
    expect([answer.status, answer.json['type'], answer.json['hint']]).toEqual([
      409,
      'urn:deckhand:old-deck',
      'Reload this page.',
    ]);
    expect(lan.server.stage.state.version).toBe(0);
  });

  test('of a Deckhand that has ended is told to reload', async () => {
    await using lan = await LanTest.open();
    await lan.pair();
    const headers = { 'X-Deckhand-Token': 'of-a-former-one' };
    const answer = await lan.ask({
      method: 'POST',
      path: '/api/stage',
      body: move(1),
      isPaired: true,
      headers,
    });
    expect([answer.status, answer.json['type']]).toEqual([401, 'urn:deckhand:no-token']);
    expect(answer.json['hint']).toMatch(/^Reload the page/);
  });
});

describe('other web pages', () => {
  test('reach the second listener neither by another name, nor from their own origin, nor without its token', async () => {
    await using lan = await LanTest.open();
    await lan.pair();
    const post = { method: 'POST', path: '/api/stage', body: move(1), isPaired: true } as const;
    const rebound = await lan.ask({ ...post, headers: { Host: `talk.example:${lan.port}` } });
    expect(rebound.json['type']).toBe('urn:deckhand:wrong-host');
    const otherPort = await lan.ask({ path: '/remote', headers: { Host: HOST } });
    expect(otherPort.json['type']).toBe('urn:deckhand:wrong-host');
    const foreign = await lan.ask({ ...post, headers: { Origin: 'http://evil.example' } });
    expect(foreign.json['type']).toBe('urn:deckhand:wrong-origin');
    const simple = await lan.ask({ ...post, isForeign: true });
    expect(simple.json['type']).toBe('urn:deckhand:no-token');
    expect(lan.server.stage.state.version).toBe(0);
  });
});

test('what was not asked for is not there', async () => {
  await using audience = await LanTest.open({ isRemote: false });
  expect((await audience.ask({ path: '/remote' })).status).toBe(404);
  expect((await audience.pair('AAAAAAAA')).status).toBe(405);
  expect((await audience.ask({ path: '/api/stage' })).json['type']).toBe('urn:deckhand:no-route');
  await using remote = await LanTest.open({ isAudience: false });
  expect((await remote.ask({ path: '/follow' })).status).toBe(401);
  expect((await remote.ask({ path: '/follow/events', isPaired: true })).status).toBe(401);
});

/** The phone's connection to the stage. */
async function listen(lan: LanTest): Promise<EventReader> {
  return EventReader.of(await lan.send({ path: '/api/stage/events', isPaired: true }));
}
