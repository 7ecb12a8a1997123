import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { sweepProfiles } from '../../src/chromium/browser-profiles.ts';
import { takePicture } from '../../src/chromium/take-picture.ts';
import { openPreview } from '../../src/runner/preview/preview.ts';

const CHILD = fileURLToPath(new URL('launch-in-child.ts', import.meta.url));

interface Service extends AsyncDisposable {
  url: string;
  port: number;
  asked: string[];
}

async function serve(answer: http.RequestListener): Promise<Service> {
  const asked: string[] = [];
  const server = http.createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  server.on('upgrade', (request, socket) => {
    asked.push(request.url ?? '');
    socket.destroy();
  });
  const close = async (): Promise<void> => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}`, port, asked, [Symbol.asyncDispose]: close };
}

const HTML = { 'Content-Type': 'text/html' };

test('the browser that takes the app’s picture gets to no other service of this machine', async () => {
  await using other = await serve((_request, response) =>
    response.writeHead(200, HTML).end('<h1>Private</h1>'),
  );
  const at = (host: string, path: string) => `http://${host}:${other.port}/${path}`;
  await using app = await serve((request, response) => {
    if (request.url === '/away')
      return void response.writeHead(302, { Location: at('127.0.0.1', 'redirect') }).end();
    if (request.url === '/inner')
      return void response.writeHead(307, { Location: at('localhost', 'inner') }).end();
    if (request.url !== '/') return void response.writeHead(200, HTML).end('own');
    response.writeHead(200, { ...HTML, Link: `<${at('localhost', 'preload')}>; rel=preload; as=image` })
      .end(`<h1>App</h1>
      <link rel="prefetch" href="${at('127.0.0.1', 'prefetch')}"><img src="${at('localhost', 'image')}">
      <iframe src="/inner"></iframe><iframe src="${at('x.localhost', 'frame')}"></iframe><form id="f" action="${at('[::1]', 'form')}"></form>
      <script>
        fetch('${at('127.0.0.1', 'fetch')}', { mode: 'no-cors' });
        navigator.sendBeacon('${at('127.0.0.1', 'beacon')}');
        new WebSocket('ws://127.0.0.1:${other.port}/socket');
        new EventSource('${at('localhost', 'events')}');
        new Worker(URL.createObjectURL(new Blob(["fetch('${at('127.0.0.1', 'worker')}', { mode: 'no-cors' })"])));
        new WebSocket('ws://' + location.host + '/own-socket');
      </script>`);
  });
  const preview = await openPreview({ port: app.port });
  try {
    const picture = await takePicture(`http://127.0.0.1:${preview.port}/`);
    expect(picture?.png.length).toBeGreaterThan(1000);
    // Its own origin it reaches, by any way.
    expect(app.asked).toContain('/inner');
    expect(app.asked).toContain('/own-socket');
    // A page that leads away has no picture: it would be of something else.
    expect(await takePicture(`http://127.0.0.1:${preview.port}/away`)).toBeUndefined();
    expect(other.asked).toEqual([]);
  } finally {
    preview.close();
  }
}, 90_000);

test('an app that is not there yet is not photographed: the picture waits for it', async () => {
  let count = 0;
  await using app = await serve((_request, response) => {
    count += 1;
    response.writeHead(count < 3 ? 502 : 200, HTML).end('<h1>Here</h1>');
  });
  const preview = await openPreview({ port: app.port });
  try {
    expect(await takePicture(`http://127.0.0.1:${preview.port}/`)).toBeDefined();
    expect(count).toBeGreaterThanOrEqual(3);
  } finally {
    preview.close();
  }
}, 60_000);

test('a signal that comes while a browser runs ends nothing before its time, and profiles go with their process', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'deckhand-profiles-'));
  // What runs TypeScript keeps its own files there.
  const inFolder = async () => (await readdir(folder)).filter((name) => !name.startsWith('tsx-'));
  const start = async () => {
    const env = { ...process.env, TMPDIR: folder };
    const child = spawn(process.execPath, ['--import', 'tsx', CHILD], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const ended = new Promise<number | null>((resolve) => {
      child.on('exit', (code) => resolve(code));
    });
    await expect.poll(() => said, { timeout: 40_000 }).toContain('launched');
    return { child, ended, said: () => said };
  };
  const first = await start();
  // All that browsers write is in one folder of ours.
  expect((await inFolder()).every((name) => name.startsWith('deckhand-browser-'))).toBe(true);
  first.child.kill('SIGINT');
  expect(await first.ended).toBe(7);
  expect(first.said()).toContain('cleaned up');
  expect(await inFolder()).toEqual([]);
  const second = await start();
  second.child.kill('SIGKILL');
  await second.ended;
  expect(await inFolder()).toHaveLength(1);
  // A link of that name leads to somebody else's files.
  const theirs = await mkdtemp(join(tmpdir(), 'deckhand-theirs-'));
  await symlink(theirs, join(folder, 'deckhand-browser-x'));
  // The browser itself notices a moment later, and writes until then.
  await expect
    .poll(
      async () => {
        await sweepProfiles(folder);
        return inFolder();
      },
      { timeout: 20_000 },
    )
    .toEqual(['deckhand-browser-x']);
  expect(existsSync(theirs)).toBe(true);
  await Promise.all([folder, theirs].map((path) => rm(path, { recursive: true, force: true })));
}, 120_000);

test.runIf(process.getuid?.() === 0)(
  'who is not root has a Chromium with its sandbox',
  async () => {
    const home = await mkdtemp(join(tmpdir(), 'deckhand-nobody-'));
    await promisify(execFile)('chown', ['nobody', home]);
    const env = {
      HOME: home,
      TMPDIR: home,
      PATH: process.env['PATH'] ?? '',
      CHROMIUM: process.env['CHROMIUM'] ?? '',
    };
    const nobody = Number((await promisify(execFile)('id', ['-u', 'nobody'])).stdout);
    const said = ['--import', 'tsx', CHILD, 'arguments'];
    const { stdout } = await promisify(execFile)(process.execPath, said, { env, uid: nobody });
    expect(stdout).toContain('launched');
    expect(stdout).not.toContain('--no-sandbox');
    await rm(home, { recursive: true });
  },
  60_000,
);
