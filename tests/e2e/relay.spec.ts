import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { ask, present, readToken } from './deckhand.ts';
import { follow, startNats, withKey } from './relay.ts';

/** One address for several processes: each connection goes to the next of them that answers. */
async function startProxy(ports: number[]): Promise<{ port: number } & AsyncDisposable> {
  let turn = 0;
  const clients = new Set<Socket>();
  const server: Server = createServer((client) => {
    clients.add(client);
    const attempt = (tries: number) => {
      turn += 1;
      const behind = connect(ports[turn % ports.length] ?? 0, '127.0.0.1');
      let isThere = false;
      behind.on('connect', () => {
        isThere = true;
        client.pipe(behind).pipe(client);
      });
      behind.on('error', () => {});
      behind.on('close', () => (isThere || tries === 0 ? client.end() : attempt(tries - 1)));
      client.on('close', () => behind.destroy());
      client.on('error', () => behind.destroy());
    };
    attempt(ports.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const close = async () => {
    server.close();
    for (const client of clients) client.destroy();
  };
  return { port: (server.address() as AddressInfo).port, [Symbol.asyncDispose]: close };
}

/** A follower without a browser: where the talk is, as it last heard; connects again as the page does. */
class BareFollower implements Disposable {
  h = -1;
  connections = 0;
  readonly #port: number;
  #isOver = false;
  #stop = () => {};

  constructor(port: number) {
    this.#port = port;
    this.#open();
  }

  #open(): void {
    if (this.#isOver) return;
    const again = () => setTimeout(() => this.#open(), 250 + Math.random() * 400);
    const asked = request({ host: '127.0.0.1', port: this.#port, path: '/follow/events' }, (answer) => {
      this.connections += 1;
      answer.on('data', (chunk: Buffer) => {
        const moves = [...chunk.toString().matchAll(/"position":\{"h":(\d+)/g)];
        this.h = Number(moves.at(-1)?.[1] ?? this.h);
      });
      answer.on('close', again);
      answer.on('error', () => {});
    });
    asked.on('error', again);
    asked.end();
    this.#stop = () => asked.destroy();
  }

  [Symbol.dispose](): void {
    this.#isOver = true;
    this.#stop();
  }
}

async function move(url: string, h: number): Promise<void> {
  const token = await readToken(url);
  const body = JSON.stringify({ type: 'move', position: { h, v: 0, f: -1 } });
  await ask(url, '/api/stage', { method: 'POST', headers: { 'X-Deckhand-Token': token }, body });
}

async function until(what: string, isSo: () => boolean, mostMs: number): Promise<number> {
  const began = performance.now();
  while (!isSo()) {
    if (performance.now() - began > mostMs) throw new Error(`${what}: not within ${mostMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return performance.now() - began;
}

test('when one of two processes behind an address is killed, its followers are back at the right place @relay', async ({
  page,
}) => {
  await using nats = await startNats();
  const relay = `${nats.url}/a-talk`;
  await using talk = await present(['--engine', 'none', '--relay', relay]);
  await using first = await follow(await withKey(relay));
  await using second = await follow(await withKey(relay));
  await using proxy = await startProxy([first.port, second.port]);
  const followers = Array.from({ length: 40 }, () => new BareFollower(proxy.port));
  await page.goto(`http://127.0.0.1:${proxy.port}/follow`);
  await expect(page.locator('.reveal')).toHaveClass(/ready/);
  await move(talk.url, 3);
  await until('everybody follows', () => followers.every(({ h }) => h === 3), 5000);
  await expect(page.locator('.reveal .slides > section').nth(3)).toHaveClass(/present/);
  first.process.kill('SIGKILL');
  await move(talk.url, 5);
  const back = await until('back at the right place', () => followers.every(({ h }) => h === 5), 2000);
  await expect(page.locator('.reveal .slides > section').nth(5)).toHaveClass(/present/, { timeout: 2000 });
  const moved = followers.filter(({ connections }) => connections > 1).length;
  expect(moved).toBeGreaterThan(10);
  expect(back).toBeLessThan(2000);
  for (const follower of followers) follower[Symbol.dispose]();
});

test('a deck larger than a NATS message, its pictures and a save reach those who come through the relay @relay', async ({
  page,
}) => {
  await using nats = await startNats();
  const folder = await mkdtemp(join(tmpdir(), 'deckhand-large-'));
  const deck = join(folder, 'talk.md');
  const filler = Array.from({ length: 40_000 }, (_, i) => `${i} of many words that fill the slide.`).join(
    ' ',
  );
  const text = (title: string) =>
    `## ${title}\n\n![dot](dot.svg)\n\n::: notes\nSECRET\n:::\n\n## Two\n\n${filler}\n`;
  await writeFile(deck, text('One'));
  await writeFile(
    join(folder, 'dot.svg'),
    `<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><!--${'x'.repeat(1_500_000)}--></svg>`,
  );
  await writeFile(join(folder, 'private.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await using talk = await present([deck, '--engine', 'none', '--relay', nats.url]);
  await using follower = await follow(await withKey(nats.url));
  const origin = `http://127.0.0.1:${follower.port}`;
  await page.goto(`${origin}/follow`);
  await expect(page.locator('section.present h2')).toHaveText('One');
  await expect
    .poll(() => page.locator('section.present img').evaluate((img: HTMLImageElement) => img.naturalWidth))
    .toBe(10);
  expect(await page.content()).not.toContain('SECRET');
  expect((await fetch(`${origin}/private.svg`)).status).toBe(404);
  expect((await fetch(`${origin}/follow`, { method: 'POST', body: '{}' })).status).toBe(405);
  await writeFile(deck, text('One, saved'));
  await expect(page.locator('section.present h2')).toHaveText('One, saved');
  await move(talk.url, 1);
  await expect(page.locator('section.present h2')).toHaveText('Two');
  await rm(folder, { recursive: true });
});

test('a relay that is not there costs the talk nothing @relay', async ({ page }) => {
  await using talk = await present(['--engine', 'none', '--relay', 'nats://127.0.0.1:9/gone']);
  await page.goto(talk.url);
  await expect(page.locator('.reveal')).toHaveClass(/ready/);
  await move(talk.url, 2);
  await expect(page.locator('.reveal .slides > section').nth(2)).toHaveClass(/present/);
});
