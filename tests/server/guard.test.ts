import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../src/server/app.ts';
import { TestServer, TOKEN } from './test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.open({ 'img/a.png': 'picture' });
});
afterAll(() => server[Symbol.asyncDispose]());

const problem = (code: string, status: number) => ({ type: `urn:deckhand:${code}`, status });

describe('who may talk to Deckhand', () => {
  test.each(['/', '/speaker', '/api/health', '/api/stage', '/api/stage/events', '/img/a.png', '/nothing'])(
    '%s is not told to a name that leads here by DNS rebinding',
    async (path) => {
      const { status, json, text } = await server.ask({
        path,
        headers: { Host: `evil.example:${server.port}` },
      });
      expect(status).toBe(403);
      expect(json).toMatchObject(problem('wrong-host', 403));
      expect(text).not.toContain(TOKEN);
    },
  );

  test.each([
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'evil.example#localhost',
    'localhost@evil.example',
  ])('the host "%s" is none of ours', async (host) => {
    expect(
      (await server.ask({ path: '/api/health', headers: { Host: host } })).status,
    ).toBeGreaterThanOrEqual(400);
  });

  test.each(['localhost', '127.0.0.1', '[::1]'])(
    'the host %s is ours, with and without a port',
    async (host) => {
      expect((await server.ask({ path: '/api/health', headers: { Host: host } })).status).toBe(200);
      expect(
        (await server.ask({ path: '/api/health', headers: { Host: `${host}:${server.port}` } })).status,
      ).toBe(200);
    },
  );

  test.each(['https://evil.example', 'null', 'http://127.0.0.1:1', 'https://localhost', 'file://'])(
    'a page from %s gets nothing, even with the token',
    async (origin) => {
      const { status, json } = await server.ask({
        method: 'POST',
        path: '/api/stage',
        token: true,
        headers: { Origin: origin },
        body: { type: 'pause', isPaused: true },
      });
      expect(status).toBe(403);
      expect(json).toMatchObject(problem('wrong-origin', 403));
      expect(server.stage.state.isPaused).toBe(false);
    },
  );

  test('a page of ours, and a program that sends no origin, get an answer', async () => {
    const ours = { Origin: `http://localhost:${server.port}`, 'Sec-Fetch-Site': 'same-origin' };
    expect((await server.ask({ path: '/api/stage', headers: ours })).status).toBe(200);
    expect((await server.ask({ path: '/api/stage' })).status).toBe(200);
  });

  test.each(['cross-site', 'same-site'])(
    'a %s page can neither read the API nor show our pictures',
    async (site) => {
      for (const path of ['/api/stage', '/api/demos', '/img/a.png', '/']) {
        const { status } = await server.ask({
          path,
          headers: { 'Sec-Fetch-Site': site, 'Sec-Fetch-Mode': 'no-cors' },
        });
        expect(status, path).toBe(403);
      }
    },
  );

  test('a link on another page opens the deck, but not the API', async () => {
    const headers = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' };
    expect((await server.ask({ path: '/', headers })).status).toBe(200);
    const window = { ...headers, 'Sec-Fetch-Dest': 'document' };
    expect((await server.ask({ path: '/', headers: window })).status).toBe(200);
    expect((await server.ask({ path: '/api/stage', headers })).status).toBe(403);
  });

  test.each(['iframe', 'frame', 'embed', 'object', 'fencedframe', ''])(
    'no other page, not even one of this machine, leads a frame of its own to us: %j',
    async (dest) => {
      for (const site of ['cross-site', 'same-site']) {
        for (const path of ['/', '/speaker', '/?mirror=next', '/img/a.png', '/open/x/']) {
          const headers = { 'Sec-Fetch-Site': site, 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': dest };
          expect((await server.ask({ path, headers })).status, path).toBe(403);
        }
      }
    },
  );

  test('every route that changes something wants the token, and takes no wrong one', async () => {
    const id = await server.start();
    const before = server.stage.state.version;
    const changing = createApp(server.context).routes.filter(
      ({ method }) => !['GET', 'ALL'].includes(method),
    );
    expect(changing.length).toBeGreaterThanOrEqual(6);
    for (const { method, path } of changing) {
      const address = path.replace(':name', 'django').replace(':id', id);
      for (const headers of [
        {},
        { 'X-Deckhand-Token': '' },
        { 'X-Deckhand-Token': TOKEN.replace('t', 'T') },
      ]) {
        const { status, json } = await server.ask({ method, path: address, headers });
        expect(status, `${method} ${address}`).toBe(401);
        expect(json).toMatchObject(problem('no-token', 401));
      }
    }
    expect(server.stage.state.version).toBe(before);
    expect(server.run.stops).toBe(0);
  });

  test.each(['PUT', 'PATCH', 'OPTIONS', 'DELETE'])(
    '%s without the token is refused wherever it goes',
    async (method) => {
      expect((await server.ask({ method, path: '/anything' })).status).toBe(401);
    },
  );

  test('the token opens', async () => {
    const { status, json } = await server.post('/api/stage', {
      type: 'move',
      position: { h: 1, v: 0, f: -1 },
    });
    expect(status).toBe(200);
    expect(json).toEqual({ version: server.stage.state.version });
    expect(server.stage.state.position.h).toBe(1);
  });

  test('no answer can be read by another page, and none is guessed to be a script', async () => {
    for (const path of ['/', '/api/demos', '/img/a.png', '/nothing']) {
      const { headers } = await server.ask({ path });
      expect(headers, path).toMatchObject({
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'same-origin',
      });
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
  });
});
