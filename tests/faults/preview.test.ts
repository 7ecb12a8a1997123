import zlib from 'node:zlib';
import { expect, test } from 'vitest';
import { frameApp, KEY } from '../security/framed-app.ts';

const NAVIGATION = { 'Sec-Fetch-Dest': 'iframe', 'Sec-Fetch-Site': 'same-origin' };
const PAGE = `<!doctype html>\n<meta charset="iso-8859-1"><h1>The app</h1>${'<p>text'.repeat(3000)}`;

test('an app may send anything: its preview answers, and goes on', async () => {
  const start = 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n';
  const answers: Record<string, string> = {
    'a control character in the reason': 'HTTP/1.1 200 O\u0001K\r\nContent-Length: 2\r\n\r\nhi',
    'a letter beyond ASCII in the reason': 'HTTP/1.1 200 \u00e9\u00ff\r\nContent-Length: 2\r\n\r\nhi',
    'a control character in a header': `${start}X-Bad: a\u0001b\r\nContent-Length: 2\r\n\r\nhi`,
    'a status that is none': 'HTTP/1.1 000 No\r\nContent-Length: 0\r\n\r\n',
    'a status of another world': 'HTTP/1.1 999 No\r\nContent-Length: 0\r\n\r\n',
    'a protocol that nobody wants':
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n',
    'headers without an end': `${start}X-Long: ${'x'.repeat(400_000)}\r\n\r\n`,
    'pieces of no length': `${start}Transfer-Encoding: chunked\r\n\r\nzz\r\nhi\r\n`,
    'less than it said': `${start}Content-Length: 500\r\n\r\nhi`,
    'two lengths': `${start}Content-Length: 2\r\nContent-Length: 3\r\n\r\nhi`,
    'no HTTP': 'hello\r\n\r\n',
    nothing: '',
  };
  for (const [what, bytes] of Object.entries(answers)) {
    await using app = await frameApp(bytes);
    for (const headers of [NAVIGATION, { 'Sec-Fetch-Dest': 'empty' }]) {
      const answer = await app.get('/', headers).then(
        ({ status }) => status,
        (error: unknown) => (error instanceof Error ? 'broken off' : ''),
      );
      expect([200, 502, 999, 'broken off'], what).toContain(answer);
    }
  }
});

test('an app that compresses unasked has the script in its page all the same', async () => {
  const encoders: Record<string, (page: string) => Buffer> = {
    gzip: (page) => zlib.gzipSync(page),
    'x-gzip': (page) => zlib.gzipSync(page),
    br: (page) => zlib.brotliCompressSync(page),
    deflate: (page) => zlib.deflateSync(page),
    raw: (page) => zlib.deflateRawSync(page),
    'gzip, br': (page) => zlib.brotliCompressSync(zlib.gzipSync(page)),
    identity: (page) => Buffer.from(page),
  };
  await using app = await frameApp((request, response) => {
    const name = decodeURIComponent(request.url?.slice(1) ?? '');
    response.setHeader('Content-Type', 'text/html');
    response.setHeader('Content-Encoding', name === 'raw' ? 'deflate' : name);
    response.end(encoders[name]?.(PAGE));
  });
  for (const name of Object.keys(encoders)) {
    const { headers, text } = await app.get(`/${encodeURIComponent(name)}`, NAVIGATION);
    expect(text, name).toContain(KEY);
    expect(text.replace(/<script nonce[^]*?<\/script>/u, '')).toBe(PAGE);
    expect(headers['content-encoding']).toBeUndefined();
    // The script pushes the page's own word for it out of a browser's sight.
    expect(headers['content-type']).toBe('text/html; charset=iso-8859-1');
  }
});

test('a page of a broken encoding says so, and shows what can be read', async () => {
  const cut = zlib.gzipSync(PAGE).subarray(0, 60);
  await using app = await frameApp((request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.setHeader('Content-Encoding', request.url === '/br' ? 'br' : 'gzip');
    response.end(request.url === '/cut' ? cut : PAGE);
  });
  for (const path of ['/', '/br']) {
    const { text } = await app.get(path, NAVIGATION);
    expect(text).toContain('<h1>The app</h1>');
    expect(text).toContain('This page is shown as it came');
    expect(text).toContain(KEY);
  }
  expect((await app.get('/cut', NAVIGATION)).text).toMatch(/page can&rsquo;t be read/u);
});

test('what says of itself nothing is a page only if it looks like one', async () => {
  await using app = await frameApp((request, response) => {
    response.end(request.url === '/page' ? '<html><h1>Page</h1>' : '{"hello": "world"}');
  });
  expect((await app.get('/page', NAVIGATION)).text).toContain(KEY);
  expect((await app.get('/', NAVIGATION)).text).toBe('{"hello": "world"}');
});

test('an app that is down says so in its frame, and is asked again until it is back', async () => {
  let status = 503;
  await using app = await frameApp((_request, response) => {
    response.writeHead(status, { 'Content-Type': 'text/html' }).end('<h1>Starting</h1>');
  });
  expect((await app.get('/', NAVIGATION)).headers['refresh']).toBe('2');
  expect((await app.get('/', { 'Sec-Fetch-Dest': 'empty' })).headers['refresh']).toBeUndefined();
  status = 500;
  expect((await app.get('/', NAVIGATION)).headers['refresh']).toBeUndefined();
  await using gone = await frameApp('');
  const answer = await gone.get('/', NAVIGATION);
  expect([answer.status, answer.headers['refresh']]).toEqual([502, '1']);
  expect(answer.text).toContain('The app does not answer.');
  expect(answer.text).toContain(KEY);
});

test('cookies work in a frame, and an app that knows itself as localhost only is asked as that', async () => {
  await using app = await frameApp((request, response) => {
    response.setHeader('Set-Cookie', 'session=1; Domain=localhost; HttpOnly; SameSite=Lax; Path=/');
    response.setHeader('Location', `http://${request.headers.host}/next`);
    response.writeHead(302).end(`${request.headers.host} ${request.headers.origin}`);
  }, 'localhost');
  const answer = await app.get('/', { ...NAVIGATION, Origin: `http://${app.host}` });
  expect(answer.text).toMatch(/^(?<host>localhost:\d+) http:\/\/\k<host>$/u);
  expect(answer.headers.location).toBe(`http://${app.host}/next`);
  expect(answer.headers['set-cookie']).toEqual([
    'session=1; HttpOnly; Path=/; SameSite=None; Secure; Partitioned',
  ]);
});
