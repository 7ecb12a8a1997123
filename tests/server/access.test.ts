import { readFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Access } from '../../src/server/access/access.ts';
import { findUser } from '../../src/server/access/peer-user.ts';
import { createApp } from '../../src/server/app.ts';
import { TestServer, TOKEN } from './test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.open({
    'img/a.png': 'PRIVATE',
    'demos/django/recording/run.cast': 'PRIVATE',
    'browser/assets/main-abc123.js': 'PRIVATE',
  });
});
afterAll(() => server[Symbol.asyncDispose]());

const HTML = { Accept: 'text/html,application/xhtml+xml' };

describe('another account of this machine', () => {
  test('gets nothing of the deck by any route, by any method: neither pages, API, files nor streams', async () => {
    const routes = createApp(server.context).routes.filter(({ method }) => method !== 'ALL');
    const paths = routes.map(({ path }) => path.replaceAll(/:(\w+)(?:\{[^/]*\})?/g, 'django'));
    const files = ['/img/a.png', '/assets/main-abc123.js', '/?view=print', '/?mirror=next', '/nothing'];
    expect(paths.length).toBeGreaterThan(15);
    for (const path of [...paths, '/api/demos/django/recording/run.cast', ...files]) {
      for (const method of ['GET', 'HEAD', 'POST', 'DELETE', 'OPTIONS', 'PUT']) {
        for (const headers of [{}, HTML]) {
          const { status, text } = await server.ask({ method, path, headers, isStranger: true });
          expect(status, `${method} ${path}`).toBe(401);
          expect(text).not.toMatch(/PRIVATE|A talk|deck page|speaker page|the-token/);
        }
      }
    }
    expect(server.bugs).toEqual([]);
  });

  test.each([
    { Cookie: 'deckhand-4100=guessed' },
    { Cookie: '=; ;;deckhand' },
    { Authorization: 'Bearer ' },
    { Authorization: 'Bearer guessed' },
    { 'X-Deckhand-Token': 'guessed' },
  ])('is not let in by a guess: %j', async (headers) => {
    expect((await server.ask({ path: '/api/stage', headers, isStranger: true })).status).toBe(401);
  });

  test('who opens the plain address is told what to do, in words', async () => {
    const { text, headers } = await server.ask({ path: '/', headers: HTML, isStranger: true });
    expect(text).toContain('Open the link that Deckhand printed in its terminal');
    expect(headers['set-cookie']).toBeUndefined();
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  });

  test('does not learn from a cookie of one port what another port’s is', () => {
    const { access } = server;
    expect(access.cookieFor('localhost:4100').value).not.toBe(access.cookieFor('localhost:4101').value);
    const { name, value } = access.cookieFor('localhost:4100');
    expect(access.isLetIn('127.0.0.1:4100', `${name}=${value}`, '')).toBe(true);
    expect(access.isLetIn('localhost:4101', `deckhand-4101=${value}`, '')).toBe(false);
    expect(new Access('another account’s key').isLetIn('localhost:4100', `${name}=${value}`, '')).toBe(false);
  });
});

describe('the link', () => {
  const open = (secret: string, rest = '', headers: Record<string, string> = HTML) =>
    server.ask({ path: `/open/${secret}/${rest}`, headers, isStranger: true });

  test.each(['localhost', '127.0.0.1', '[::1]'])(
    'lets a browser in at %s, as often as it is opened',
    async (name) => {
      const Host = `${name}:${server.port}`;
      for (const rest of ['', 'speaker', '?mirror=next']) {
        const answer = await open(server.access.secret, rest, { ...HTML, Host });
        expect(answer.status).toBe(303);
        expect(answer.headers).toMatchObject({ location: `/${rest}`, 'cache-control': 'no-store' });
        const [cookie = ''] = answer.headers['set-cookie'] ?? [];
        expect(cookie).toMatch(/^deckhand-\d+=[\w-]{43}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict$/);
        const Cookie = `other=1; ${cookie.split(';')[0]}; theme=dark`;
        expect((await server.ask({ path: '/api/stage', headers: { Host, Cookie } })).status).toBe(200);
      }
    },
  );

  test('leads nowhere but into this deck', async () => {
    for (const rest of ['/evil.example', '//evil.example', String.raw`\evil.example`, '%2fevil.example']) {
      const { headers } = await open(server.access.secret, rest);
      expect(new URL(String(headers.location), 'http://localhost').host, rest).toBe('localhost');
    }
  });

  test('of an earlier start says so, and is no obstacle to a browser that is in', async () => {
    const { status, text } = await open('x'.repeat(32));
    expect([status, text]).toEqual([401, expect.stringContaining('earlier start')]);
    const { name, value } = server.access.cookieFor(`localhost:${server.port}`);
    const headers = { ...HTML, Cookie: `${name}=${value}` };
    expect((await server.ask({ path: `/open/${'x'.repeat(32)}/speaker`, headers })).status).toBe(303);
  });

  test('with which Deckhand opens the browser works once, and is said to be used', async () => {
    const secret = server.access.makeOnce();
    expect((await open(secret)).status).toBe(303);
    const again = await open(secret);
    expect([again.status, again.text]).toEqual([401, expect.stringContaining('works once')]);
  });

  test('with which Deckhand opens the browser is good for a minute, and for nobody else', () => {
    let now = 0;
    const access = new Access('key', () => now);
    const secret = access.makeOnce();
    expect(access.admit(secret, false)).toBe('unknown');
    now = 61_000;
    expect(access.admit(secret, true)).toBe('unknown');
    now = 59_000;
    expect(access.admit(secret, true)).toBe('welcome');
  });

  test('opens the API to a program, which a page’s token does as well, should its cookie get lost', async () => {
    const Authorization = `Bearer ${server.access.secret}`;
    const asked = { path: '/api/stage', isStranger: true };
    expect((await server.ask({ ...asked, headers: { Authorization } })).status).toBe(200);
    expect((await server.ask({ ...asked, headers: { 'X-Deckhand-Token': TOKEN } })).status).toBe(200);
  });

  test('has done its work when another port has set a cookie of the same name for a part of the addresses', async () => {
    const { name, value } = server.access.cookieFor(`localhost:${server.port}`);
    const headers = { Cookie: `${name}=tossed; ${name}=${value}` };
    expect((await server.ask({ path: '/api/stage', headers })).status).toBe(200);
  });
});

describe.runIf(process.platform === 'linux')('the account at the other end', () => {
  test.each(['127.0.0.1', '127.0.0.9', '::1'])('is found for a connection from %s', async (host) => {
    const listener = createServer();
    await new Promise<void>((resolve) => listener.listen(0, host, resolve));
    const { port } = listener.address() as AddressInfo;
    const accepted = new Promise<Socket>((resolve) => listener.once('connection', resolve));
    const client = connect(port, host);
    const socket = await accepted;
    const table = (
      await Promise.all(['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'utf8')))
    ).join('\n');
    expect(findUser(table, socket)).toBe(process.getuid?.());
    expect(findUser(table, { ...ends(socket), remotePort: 1 })).toBeUndefined();
    client.destroy();
    listener.close();
  });

  test('is another one’s when the kernel says so, and nobody’s when the connection is over', () => {
    const line = (state: string, user: number) =>
      `   1: 0100007F:C350 0100007F:1004 ${state} 00000000:00000000 00:00000000 00000000 ${user}        0 12345 1`;
    const connection = {
      remoteAddress: '::ffff:127.0.0.1',
      remotePort: 0xc350,
      localAddress: '127.0.0.1',
      localPort: 0x1004,
    };
    expect(findUser(line('01', 1001), connection)).toBe(1001);
    expect(findUser(line('06', 0), connection)).toBeUndefined();
  });
});

function ends({ remoteAddress, remotePort, localAddress, localPort }: Socket) {
  return { remoteAddress, remotePort, localAddress, localPort };
}
