import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { compileDeck } from '../../src/deck/compile.ts';
import { EventReader, type SentEvent } from './event-reader.ts';
import { LanTest } from './lan-test.ts';

async function follow(lan: LanTest): Promise<EventReader> {
  return EventReader.of(await lan.send({ path: '/follow/events', isForeign: true }));
}

const names = (events: SentEvent[]) => events.map(({ event }) => event);
const data = (event: SentEvent | undefined) => JSON.parse(event?.data ?? 'null') as Record<string, unknown>;

describe('the audience', () => {
  test('gets the talk as it is, then each move, without the speaker’s clock', async () => {
    await using lan = await LanTest.open();
    lan.server.stage.change({ type: 'timer', action: 'start' });
    using follower = await follow(lan);
    const greeting = await follower.next(4);
    expect(names(greeting)).toEqual(['hello', 'stage', 'demos', 'drawings']);
    expect(data(greeting[1])['timer']).toEqual({ startedAt: null, elapsed: 0 });
    lan.server.stage.change({ type: 'move', position: { h: 1, v: 0, f: -1 } });
    lan.server.stage.tell({ event: 'laser', data: { x: 1, y: 2 } });
    const [moved, laser] = await follower.next(2);
    expect(data(moved)['position']).toEqual({ h: 1, v: 0, f: -1 });
    expect(laser).toEqual({ event: 'laser', data: '{"x":1,"y":2}' });
  });

  test('gets no notes: not in the page, not in a save, not by any address', async () => {
    await using lan = await LanTest.open();
    const page = await lan.ask({ path: '/follow' });
    expect(page.text).toContain('<section');
    expect(page.text).not.toContain('SECRET');
    using follower = await follow(lan);
    await follower.next(4);
    const insert = ['<section id="one"><h1>One</h1><aside class="notes">SECRET</aside></section>'];
    const patch = { from: 4, to: 5, start: 0, remove: 1, insert };
    const diagnostics = [{ severity: 'warning' as const, code: 'x', message: 'SECRET', line: 1, column: 1 }];
    lan.server.stage.tell({ event: 'deck', data: { patch, title: 'T', diagnostics, file: 'SECRET.md' } });
    lan.server.stage.tell({ event: 'lan', data: lan.lan.state });
    lan.server.stage.change({ type: 'pause', isPaused: true });
    const events = await follower.next(2);
    expect(names(events)).toEqual(['deck', 'stage']);
    expect(JSON.stringify(events)).not.toContain('SECRET');
    expect((await lan.ask({ path: '/follow' })).text).toContain('<h1>One</h1></section>');
    for (const path of ['/speaker', '/slides', '/api/deck', '/talk.md', '/slides/talk.md']) {
      expect((await lan.ask({ path })).status, path).toBeGreaterThanOrEqual(400);
    }
  });

  test('changes nothing: there is nothing to ask for', async () => {
    const body = { type: 'move', position: { h: 1, v: 0, f: -1 } };
    const send = async (lan: LanTest, method: string, path: string) => {
      const sent = method === 'DELETE' ? {} : { body };
      const { status, json } = await lan.ask({ method, path, ...sent, isForeign: true });
      return [method, path, status, json['detail']];
    };
    await using lan = await LanTest.open({ isRemote: false });
    for (const path of [
      '/api/stage',
      '/follow',
      '/follow/events',
      '/api/demos/django/runs',
      '/remote/pair',
    ]) {
      for (const method of ['POST', 'PUT', 'DELETE']) {
        const refused = [method, path, 405, "Followers can't change the talk."];
        expect(await send(lan, method, path)).toEqual(refused);
      }
    }
    await using both = await LanTest.open();
    expect((await send(both, 'POST', '/follow/events'))[2]).toBe(405);
    expect((await send(both, 'POST', '/api/stage'))[2]).toBe(401);
    expect(both.server.stage.state.version).toBe(0);
    expect(lan.server.stage.state.version).toBe(0);
    expect(lan.server.started).toEqual([]);
  });

  test('gets the files that the deck names, and no others of the speaker’s folder', async () => {
    const files = { 'img/shown.png': 'shown', 'img/other.png': 'SECRET', 'invoice.pdf': 'SECRET' };
    await using lan = await LanTest.open({}, files);
    expect((await lan.ask({ path: '/img/shown.png' })).text).toBe('shown');
    for (const path of ['/img/other.png', '/invoice.pdf', '/img/../invoice.pdf', '/img%2fother.png', '/%']) {
      expect((await lan.ask({ path })).status, path).toBe(404);
    }
    await using remote = await LanTest.open({ isAudience: false }, files);
    expect((await remote.ask({ path: '/img/shown.png' })).status).toBe(401);
    await remote.pair();
    expect((await remote.ask({ path: '/img/shown.png', isPaired: true })).text).toBe('shown');
  });

  test('sees a run’s output live, and from its beginning when it comes late, without addresses of this machine', async () => {
    await using lan = await LanTest.open();
    using early = await follow(lan);
    await early.next(4);
    await lan.server.start();
    const { run } = lan.server;
    run.log.push({ type: 'phase', phase: 'building' });
    run.print('hello\n');
    run.log.push({ type: 'app', service: 'web', url: 'http://127.0.0.1:32768/', reachable: true });
    const seen: unknown[] = [];
    while (seen.length < 3) {
      const [event] = await early.next(1);
      if (event?.event === 'run') seen.push(...(data(event)['events'] as unknown[]));
    }
    expect(seen.map((event) => (event as { type: string }).type)).toEqual(['phase', 'output', 'app']);
    expect(JSON.stringify(seen)).not.toContain('127.0.0.1');
    using late = await follow(lan);
    const greeting = await late.next(5);
    expect(data(greeting[4])).toMatchObject({ from: 0, isOver: false });
    expect(JSON.stringify(greeting)).toContain('hello');
  });

  test('finds the recordings of this deck’s demos, and nothing else under that address', async () => {
    const files = { 'demos/django/recording/run.cast': 'a cast', 'demos/other/recording/run.cast': 'SECRET' };
    await using lan = await LanTest.open({}, files);
    expect((await lan.ask({ path: '/follow/demos/django/run.cast' })).text).toBe('a cast');
    for (const path of [
      '/follow/demos/other/run.cast',
      '/follow/demos/django/app.png',
      '/follow/demos/..%2f/run.cast',
    ])
      expect((await lan.ask({ path })).status, path).toBe(404);
  });

  test('is counted for the speaker', async () => {
    await using lan = await LanTest.open();
    using follower = await follow(lan);
    await follower.next(1);
    expect(lan.lan.state.audience).toEqual({ followers: 1 });
  });
});

test('no page of the audience carries a token', async () => {
  const source = await readFile(new URL('../../src/talk/follow-page.ts', import.meta.url), 'utf8');
  expect(source).toContain("token: ''");
});

describe('a device of the audience', () => {
  test('takes a place only by listening, and one address not everybody’s', async () => {
    await using lan = await LanTest.open({ mostOf: () => 3 });
    const followers = () => lan.lan.state.audience?.followers;
    const status = async (method = 'GET') =>
      (await lan.send({ method, path: '/follow/events', isForeign: true })).statusCode;
    expect([await status('HEAD'), followers()]).toEqual([200, 0]);
    const listening = await Promise.all(
      [1, 2, 3].map(() => lan.send({ path: '/follow/events', isForeign: true })),
    );
    expect([await status(), followers()]).toEqual([429, 3]);
    const other = await lan.send({ path: '/follow/events', isForeign: true, from: '127.0.0.9' });
    expect(other.statusCode).toBe(200);
    listening[0]?.destroy();
    await expect.poll(followers).toBe(3);
    expect(await status()).toBe(200);
  });

  test('gets no picture that only notes show', async () => {
    const files = { 'img/shown.png': 'shown', 'img/noted.png': 'SECRET' };
    await using lan = await LanTest.open({}, files);
    const deck = compileDeck('# One\n\n![](img/shown.png)\n\n::: notes\n![](img/noted.png)\n:::\n');
    lan.server.context.deck = { deck, version: 5, diagnostics: [] };
    expect((await lan.ask({ path: '/img/shown.png', isForeign: true })).status).toBe(200);
    expect((await lan.ask({ path: '/img/noted.png', isForeign: true })).status).toBe(404);
    expect((await lan.server.ask({ path: '/img/noted.png' })).status).toBe(200);
  });
});
