import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestServer, TOKEN } from './test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.open({
    'demos/django/recording/run.cast': '{"version":3}\n',
    'demos/django/recording/app.png': 'picture',
    'demos/django/recording/secret.txt': 'SECRET',
    'demos/django/settings.py': 'SECRET',
  });
});
afterAll(() => server[Symbol.asyncDispose]());

describe('an error of the API', () => {
  test('is problem details with what to do next', async () => {
    const { status, headers, json } = await server.post('/api/demos/nope/runs');
    expect(status).toBe(404);
    expect(headers['content-type']).toBe('application/problem+json');
    expect(json).toEqual({
      type: 'urn:deckhand:no-demo',
      title: 'No such demo',
      status: 404,
      detail: 'There is no demo "nope".',
      hint: 'Demos of this deck: django.',
    });
  });

  test.each([
    ['GET', '/api/nothing', 404, 'no-route'],
    ['GET', '/api', 404, 'no-route'],
    ['POST', '/api/health', 404, 'no-route'],
    ['POST', '/api/demos/nope/reset', 404, 'no-demo'],
    ['GET', '/api/demos/nope/recording/run.cast', 404, 'no-demo'],
    ['GET', '/api/demos/django/recording/secret.txt', 404, 'no-route'],
    ['GET', '/api/demos/django/recording/..%2f..%2fsettings.py', 404, 'no-route'],
    ['GET', '/api/demos/..%2fdjango/recording/run.cast', 404, 'no-demo'],
  ])('%s %s is %i, %s', async (method, path, status, code) => {
    const answer = await server.ask({ method, path, token: true });
    expect([answer.status, answer.json['type']]).toEqual([status, `urn:deckhand:${code}`]);
    expect(answer.text).not.toContain('SECRET');
  });

  test.each(['{', 'pause', '{"type":"pause",}', '\u0000'])(
    'says that the body %o is not JSON',
    async (body) => {
      const { status, json } = await server.post('/api/stage', body);
      expect([status, json['type']]).toEqual([400, 'urn:deckhand:bad-json']);
    },
  );

  test.each([[null], [[]], [{ type: 'move' }], [{ type: 'run', demo: 'django', id: 'x' }]])(
    'says that %o is no change of the stage',
    async (body) => {
      const before = server.stage.state;
      const { status, json } = await server.post('/api/stage', JSON.stringify(body));
      expect([status, json['type']]).toEqual([400, 'urn:deckhand:bad-change']);
      expect(server.stage.state).toEqual(before);
    },
  );

  test.each([
    [{ type: 'move', position: { h: -1, v: 0, f: 0 } }, '"position.h"', 'too small'],
    [{ type: 'move', position: { h: 'x', v: 0, f: 0 } }, '"position.h"', 'expected number, received string'],
    [{ type: 'pause' }, '"isPaused"', 'expected boolean'],
    [{ type: 'leap' }, '"type"', 'invalid'],
  ])('names the first field that is wrong in %o', async (body, field, says) => {
    const { json } = await server.post('/api/stage', body);
    expect(json['detail']).toContain(field);
    expect(json['detail']).toContain(says);
  });

  test.each(['view', 'replay'])('says that the %s of an unknown demo is none', async (type) => {
    const { status, json } = await server.post('/api/stage', { type, demo: 'nope', view: 'app' });
    expect([status, json['type']]).toEqual([404, 'urn:deckhand:no-demo']);
    expect(server.stage.state.panels).toEqual({});
  });

  test('says that a run takes no list', async () => {
    const { status, json } = await server.post('/api/demos/django/runs', '["a command"]');
    expect([status, json['type']]).toEqual([400, 'urn:deckhand:bad-start']);
    expect(server.started).toEqual([]);
  });
});

describe('a body', () => {
  const padded = (bytes: number) => {
    const empty = JSON.stringify({ type: 'pause', isPaused: true, padding: '' });
    return empty.replace('"padding":""', `"padding":"${'x'.repeat(bytes - empty.length)}"`);
  };

  test('may have 64 kB and not a byte more', async () => {
    expect((await server.post('/api/stage', padded(64 * 1024))).status).toBe(200);
    const { status, json } = await server.post('/api/stage', padded(64 * 1024 + 1));
    expect([status, json['type']]).toEqual([413, 'urn:deckhand:too-large']);
  });

  test('is measured in bytes, not in characters', async () => {
    expect((await server.post('/api/stage', padded(50_000).replaceAll('x', '日'))).status).toBe(413);
  });

  test('that comes in pieces and does not end is answered as soon as it is too long', async () => {
    const headers = { Host: 'localhost', 'X-Deckhand-Token': TOKEN, 'Transfer-Encoding': 'chunked' };
    const outgoing = request({
      port: server.port,
      host: '127.0.0.1',
      method: 'POST',
      path: '/api/stage',
      headers,
    });
    const status = new Promise((resolve, reject) => {
      outgoing.on('response', (response) => resolve(response.statusCode)).on('error', reject);
    });
    for (let piece = 0; piece < 5; piece += 1) outgoing.write(' '.repeat(16 * 1024));
    expect(await status).toBe(413);
    outgoing.destroy();
  });

  test('that is empty asks for nothing special', async () => {
    expect((await server.post('/api/demos/django/runs', '')).status).toBe(201);
  });
});

describe('what can be read', () => {
  test('is health, the deck, the demos and the stage', async () => {
    const read = async (path: string) => (await server.ask({ path })).json;
    expect(await read('/api/health')).toEqual({ name: 'deckhand', version: '1.2.3' });
    expect(await read('/api/deck')).toMatchObject({
      version: 4,
      title: 'A talk',
      stacks: [/A talk/, /One/, /Two/].map((text) => expect.stringMatching(text)),
    });
    expect(await read('/api/demos')).toMatchObject([{ name: 'django', canRun: true }]);
    expect(await read('/api/stage')).toMatchObject({ position: { h: 0, v: 0, f: -1 }, now: 1000 });
  });

  test('is a recording, asked for again each time because a run replaces it', async () => {
    const cast = await server.ask({ path: '/api/demos/django/recording/run.cast' });
    expect([cast.status, cast.text]).toEqual([200, '{"version":3}\n']);
    expect(cast.headers['cache-control']).toBe('no-cache');
    expect((await server.ask({ path: '/api/demos/django/recording/app.png' })).headers['content-type']).toBe(
      'image/png',
    );
  });

  test('is a page that nothing but our own scripts can change', async () => {
    const { headers, text } = await server.ask({ path: '/' });
    expect(text).toBe('deck page');
    const policy = String(headers['content-security-policy']);
    expect(policy.split('; ')).toEqual(
      expect.arrayContaining([
        "default-src 'self'",
        "script-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'self'",
      ]),
    );
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    // The deck frames apps and what it names, never itself; the speaker view frames the deck.
    expect(policy).toContain("frame-src 'none'");
    const speaker = String((await server.ask({ path: '/speaker' })).headers['content-security-policy']);
    expect(speaker).toBe(policy.replace("frame-src 'none'", "frame-src 'self'"));
  });

  test('is the page for paper when it is asked for by its view', async () => {
    expect((await server.ask({ path: '/?view=print' })).text).toBe('print page');
    expect((await server.ask({ path: '/?view=overview' })).text).toBe('deck page');
  });
});

describe('a demo without a recording', () => {
  test('says so, and how to get one', async () => {
    await using bare = await TestServer.open();
    const { status, json } = await bare.ask({ path: '/api/demos/django/recording/run.cast' });
    expect(status).toBe(404);
    expect(json).toMatchObject({ type: 'urn:deckhand:no-recording', detail: '"django" has no run.cast.' });
  });

  test('keeps one when there is one, and says when there is none', async () => {
    await using bare = await TestServer.open();
    const { status, json } = await bare.post('/api/demos/django/keep');
    expect(status).toBe(409);
    expect(json).toMatchObject({
      type: 'urn:deckhand:nothing-to-keep',
      detail: 'No run of "django" here is newer than its recording.',
    });
    expect((await bare.post('/api/demos/nope/keep')).status).toBe(404);
    bare.canKeep = true;
    expect((await bare.post('/api/demos/django/keep')).status).toBe(204);
    const withoutToken = { method: 'POST', path: '/api/demos/django/keep' };
    expect((await bare.ask(withoutToken)).status).toBe(401);
  });
});
