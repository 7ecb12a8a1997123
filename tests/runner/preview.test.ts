import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { openPreview, type Preview } from '../../src/runner/preview/preview.ts';

const BIG = Buffer.alloc(20_000_000, 'x');
const open: { close(): void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

async function previewOf(answer: http.RequestListener): Promise<{ app: http.Server; preview: Preview }> {
  const app = http.createServer(answer);
  await new Promise<void>((resolve) => {
    app.listen(0, '127.0.0.1', resolve);
  });
  const preview = await openPreview({ port: (app.address() as AddressInfo).port });
  open.push(preview, { close: () => app.close() });
  return { app, preview };
}

function ask(
  port: number,
  path: string,
  options: http.RequestOptions = {},
  body = '',
): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port, path, agent: false, ...options }, resolve);
    request.on('error', reject);
    request.end(body);
  });
}

test('what the app sends comes as it is', async () => {
  const { preview } = await previewOf((request, response) => {
    const isPage = request.url === '/';
    response.setHeader('Content-Type', isPage ? 'text/html; charset=utf-8' : 'application/octet-stream');
    response.setHeader('Set-Cookie', ['a=1', 'b=2']);
    response.end(isPage ? '<h1>Grüße</h1>' : BIG);
  });
  const page = await ask(preview.port, '/');
  expect(await text(page)).toBe('<h1>Grüße</h1>');
  expect(page.headers['set-cookie']).toEqual(['a=1', 'b=2']);
  const file = await ask(preview.port, '/file');
  expect((await text(file)).length).toBe(BIG.length);
});

test('an app gets the cookies of its own, and not those that let a browser in to the deck', async () => {
  const { preview } = await previewOf((request, response) => response.end(request.headers.cookie));
  const Cookie = 'a=1; deckhand-4100=SECRET; b=2; deckhand-80=SECRET';
  expect(await text(await ask(preview.port, '/', { headers: { Cookie } }))).toBe('a=1; b=2');
});

test('a form that is sent arrives whole, under the address that the browser knows', async () => {
  const { preview } = await previewOf((request, response) => {
    void text(request).then((body) => response.end(`${request.method} ${request.headers.host} ${body}`));
  });
  const answer = await ask(preview.port, '/form', { method: 'POST' }, 'name=x');
  expect(await text(answer)).toBe(`POST 127.0.0.1:${preview.port} name=x`);
});

test('an app that is gone is said to be, and a connection both ways passes through', async () => {
  const { app, preview } = await previewOf((_request, response) => response.end());
  app.on('upgrade', (_request, socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\n');
    socket.pipe(socket);
  });
  const client = net.connect(preview.port, '127.0.0.1');
  client.write(
    `GET /ws HTTP/1.1\r\nHost: 127.0.0.1:${preview.port}\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\n`,
  );
  const heard: string[] = [];
  client.on('data', (chunk: Buffer) => heard.push(chunk.toString()));
  await expect.poll(() => heard.join('')).toContain('101 Switching');
  client.write('hello');
  await expect.poll(() => heard.join('')).toContain('hello');
  client.destroy();
  app.close();
  app.closeAllConnections();
  expect((await ask(preview.port, '/')).statusCode).toBe(502);
});

test('an app that does not answer is asked again by the browser itself', async () => {
  const { app, preview } = await previewOf((_request, response) => response.end('here'));
  await new Promise((resolve) => {
    app.close(resolve);
  });
  const answer = await ask(preview.port, '/');
  expect([answer.statusCode, answer.headers['refresh']]).toEqual([502, '1']);
});
