import net from 'node:net';
import { expect, test } from 'vitest';
import { frameApp, KEY } from './framed-app.ts';

const NAVIGATION = { 'Sec-Fetch-Dest': 'iframe', 'Sec-Fetch-Site': 'same-origin' };
const PAGE = '<!doctype html><h1>App</h1>';

test('a preview answers under its own name only: no other leads there, whoever points it at this machine', async () => {
  await using app = await frameApp((_request, response) => response.end('the app'));
  expect(await app.get('/')).toMatchObject({ status: 200, text: 'the app' });
  const [name = ''] = app.host.split(':');
  for (const host of [
    'evil.example',
    `localhost:${app.port}`,
    `127.0.0.1:${app.port}`,
    name.slice(1),
    '',
    `x.${app.host}`,
  ]) {
    const { status, text } = await app.get('/', { Host: host });
    expect([host, status, text.includes('the app')]).toEqual([host, 421, false]);
  }
  const { status } = await app.get(`http://evil.example/`);
  expect(status).toBe(421);
});

test('the frame’s key is in pages that are opened, and in nothing that a script can read', async () => {
  await using app = await frameApp((_request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.setHeader('Cache-Control', 'max-age=3600');
    response.end(PAGE);
  });
  const opened = await app.get('/', NAVIGATION);
  expect(opened.text).toContain(KEY);
  expect(opened.text.indexOf(KEY)).toBeGreaterThan(opened.text.indexOf('<!doctype html>'));
  expect(opened.text.indexOf(KEY)).toBeLessThan(opened.text.indexOf('<h1>'));
  expect(opened.headers['cache-control']).toBe('no-store');
  for (const dest of ['empty', 'script', 'object', 'embed', 'image', 'worker'])
    expect((await app.get('/', { ...NAVIGATION, 'Sec-Fetch-Dest': dest })).text).toBe(PAGE);
  const worker = await app.get('/worker.js', {
    'Service-Worker': 'script',
    'Sec-Fetch-Dest': 'serviceworker',
  });
  expect(worker.status).toBe(403);
});

test('a page whose scripts the app itself forbids has no key of the frame in it', async () => {
  await using app = await frameApp((_request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end(PAGE);
  });
  const { text } = await app.get('/', { ...NAVIGATION, 'Sec-Required-CSP': "script-src 'none'" });
  expect(text).toBe(PAGE);
});

test('an SVG or XHTML page, which can not have our script, runs none of its own', async () => {
  let type = '';
  await using app = await frameApp((_request, response) => {
    response.setHeader('Content-Type', type);
    response.setHeader('Content-Security-Policy', "img-src 'self'");
    response.end('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
  });
  for (type of ['image/svg+xml', 'application/xhtml+xml; charset=utf-8', 'text/xml']) {
    const { headers } = await app.get('/x', NAVIGATION);
    expect(headers['content-security-policy']).toBe("img-src 'self', sandbox");
    const asImage = await app.get('/x', { ...NAVIGATION, 'Sec-Fetch-Dest': 'image' });
    expect(asImage.headers['content-security-policy']).toBe("img-src 'self'");
  }
});

test('only the deck opens a frame, and leads it into the app', async () => {
  await using app = await frameApp((_request, response) => response.end());
  const open = (asked: Record<string, string>, site = 'cross-site', dest = 'iframe') =>
    app.get(
      `/.deckhand/open?${new URLSearchParams({ key: KEY, deck: 'http://localhost:4100', to: '/x?y#z', ...asked })}`,
      {
        'Sec-Fetch-Dest': dest,
        'Sec-Fetch-Site': site,
      },
    );
  const opened = await open({});
  expect([opened.status, opened.headers.location]).toEqual([303, '/x?y#z']);
  expect((await open({}, 'same-origin')).status).toBe(403);
  expect((await open({}, 'cross-site', 'empty')).status).toBe(403);
  for (const to of ['//evil.example/', '/\\evil.example', 'http://evil.example/', ''])
    expect((await open({ to })).status).toBe(403);
  for (const deck of ['https://evil.example', 'http://evil.localhost:1', '*'])
    expect((await open({ deck })).status).toBe(403);
});

test('what forbids a frame goes, the rest of a policy stays, and the script gets in by its nonce', async () => {
  const policies: Record<string, string> = {
    '/strict': "default-src 'self'; frame-ancestors 'none'; script-src 'self' 'nonce-app'",
    '/default': "default-src 'none'; img-src 'self'; upgrade-insecure-requests",
    '/inline': "script-src 'self' 'unsafe-inline'; frame-ancestors 'self'",
    '/only': "frame-ancestors 'none'",
    '/overlooked': "script-src-elem \u00e9; script-src 'nonce-app'",
  };
  await using app = await frameApp((request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.setHeader('X-Frame-Options', 'DENY');
    response.setHeader('Content-Security-Policy', policies[request.url ?? ''] ?? '');
    response.end(PAGE);
  });
  const policyOf = async (path: string) => {
    const { headers, text } = await app.get(path, NAVIGATION);
    expect(headers['x-frame-options']).toBeUndefined();
    const nonce = /nonce="(?<nonce>[^"]+)"/u.exec(text)?.groups?.['nonce'] ?? 'none';
    return String(headers['content-security-policy']).replaceAll(nonce, 'OURS');
  };
  expect(await policyOf('/strict')).toBe("default-src 'self'; script-src 'self' 'nonce-app' 'nonce-OURS'");
  expect(await policyOf('/default')).toBe("default-src 'none'; img-src 'self'; script-src-elem 'nonce-OURS'");
  expect(await policyOf('/inline')).toBe("script-src 'self' 'unsafe-inline'");
  expect(await policyOf('/only')).toBe('undefined');
  expect(await policyOf('/overlooked')).toBe("script-src 'nonce-app' 'nonce-OURS'");
});

test('a browser that has the preview as its proxy gets to the app, and to nothing else', async () => {
  await using app = await frameApp((_request, response) => response.end('the app'));
  await using other = await frameApp((_request, response) => response.end('another'));
  const connect = (to: string): Promise<string> =>
    new Promise((resolve) => {
      const socket = net.connect(app.port, '127.0.0.1');
      socket.write(`CONNECT ${to} HTTP/1.1\r\nHost: ${to}\r\n\r\n`);
      socket.once('data', (bytes: Buffer) => {
        resolve(bytes.toString().split('\r\n')[0] ?? '');
        socket.destroy();
      });
    });
  expect(await connect(app.host)).toBe('HTTP/1.1 200 Connection Established');
  for (const to of [`127.0.0.1:${other.port}`, `localhost:${app.port}`, 'evil.example:443', other.host])
    expect(await connect(to)).toBe('HTTP/1.1 403 Forbidden');
  expect((await app.get(`http://${app.host}/`)).text).toBe('the app');
  expect((await app.get(`http://localhost:${other.port}/`)).status).toBe(421);
});

test('the frame’s key is never text to the browser, whatever a page is encoded in', async () => {
  const shift = '\u001B$B';
  const pages: Record<string, [type: string, page: Buffer]> = {
    '/unicode': ['text/html; charset=unicode', Buffer.from('<p>wide', 'utf16le')],
    '/ucs-2': ['text/html; x=1; charset="ucs-2"', Buffer.from('<p>wide', 'utf16le')],
    '/two': ['text/html; x="charset=utf-8"; charset=utf-16be', Buffer.from('<p>app')],
    '/meta': ['text/html', Buffer.from('<meta charset="utf-16"><p>app')],
    '/shift': [
      'text/html; charset=iso-2022-jp',
      Buffer.from(`<!--${shift}--><!doctype html>\u001B(B--><p>app`),
    ],
  };
  await using app = await frameApp((request, response) => {
    const [type, page] = pages[request.url ?? ''] ?? ['text/plain', Buffer.alloc(0)];
    response.setHeader('Content-Type', type);
    response.end(page);
  });
  for (const path of ['/unicode', '/ucs-2'])
    expect([path, (await app.get(path, NAVIGATION)).text.includes(KEY)]).toEqual([path, false]);
  // The browser reads it as it was read here.
  expect((await app.get('/two', NAVIGATION)).headers['content-type']).toBe('text/html; charset=utf-8');
  expect((await app.get('/meta', NAVIGATION)).headers['content-type']).toBe('text/html; charset=utf-8');
  const { text } = await app.get('/shift', NAVIGATION);
  expect(text.indexOf(KEY)).toBeGreaterThan(0);
  expect(text.indexOf(KEY)).toBeLessThan(text.indexOf(shift));
});

test('a header that names thousands of encodings costs nothing', async () => {
  await using app = await frameApp((_request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.setHeader('Content-Encoding', Array.from({ length: 2000 }, () => 'gzip').join(', '));
    response.end(PAGE);
  });
  const began = performance.now();
  const { status, text } = await app.get('/', NAVIGATION);
  expect([status, text]).toEqual([200, PAGE]);
  expect(performance.now() - began).toBeLessThan(2000);
});
