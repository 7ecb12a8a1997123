import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Page } from 'puppeteer-core';
import { ask, present, readToken } from '../e2e/deckhand.ts';
import { attributeOf, startFirefox, textOf, type Firefox } from '../e2e/firefox.ts';
import { changeNetwork } from '../e2e/network.ts';

const DECK = `## One

First

## Two

Second

## Three

Third

## Live

::: {.demo name="hello" views="dockerfile terminal app"}
:::
`;
const COMPOSE = `name: hello
services:
  web:
    build: .
    ports: ["8000"]
x-demo:
  title: Hello
  views: [dockerfile, terminal, app]
  app: {service: web, port: 8000, path: /}
`;
const DOCKERFILE = `FROM python:3.13-slim
WORKDIR /web
RUN echo '<h1>Hello from inside</h1>' > index.html
EXPOSE 8000
CMD ["python", "-m", "http.server", "8000"]
`;

async function makeTalk(): Promise<{ deck: string; folder: string } & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'deckhand-firefox-'));
  const deck = join(folder, 'deck.md');
  const demo = join(folder, 'demos/hello');
  await mkdir(demo, { recursive: true });
  await writeFile(deck, DECK);
  await writeFile(join(demo, 'compose.yaml'), COMPOSE);
  await writeFile(join(demo, 'Dockerfile'), DOCKERFILE);
  return { deck, folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}

const title = (page: Page) => textOf(page, 'section.present h2');
const message = (page: Page) => textOf(page, '.messages');

async function open(firefox: Firefox, url: string, ready = '.reveal.ready'): Promise<Page> {
  const page = await firefox.newPage();
  await page.goto(url);
  await page.waitForSelector(ready);
  return page;
}

/** As another client, which is not in this Firefox. */
async function move(url: string, h: number): Promise<void> {
  const headers = { 'Content-Type': 'application/json', 'X-Deckhand-Token': await readToken(url) };
  const body = JSON.stringify({ type: 'move', position: { h, v: 0, f: -1 } });
  expect((await ask(url, '/api/stage', { method: 'POST', headers, body })).ok).toBe(true);
}

test('in Firefox the deck walks, its speaker view follows, and both outlast a network that changes @firefox @network', async () => {
  await using files = await makeTalk();
  await using talk = await present([files.deck, '--engine', 'none'], files.folder);
  await using firefox = await startFirefox();
  const deck = await open(firefox, talk.url);
  const speaker = await open(firefox, `${talk.url}speaker`, '.bar');
  await deck.bringToFront();
  for (const place of ['Two', 'Three']) {
    await deck.keyboard.press('ArrowRight');
    await expect.poll(() => title(deck)).toBe(place);
  }
  await expect.poll(() => textOf(speaker, '.bar')).toContain('3');
  await changeNetwork();
  // Firefox ends a connection that was silent for 5 s after the change.
  await new Promise((resolve) => setTimeout(resolve, 8000));
  expect(await message(deck)).toBe('');
  await move(talk.url, 0);
  await expect.poll(() => title(deck), { timeout: 3000 }).toBe('One');
  await expect.poll(() => textOf(speaker, '.bar'), { timeout: 3000 }).toContain('1');
});

if (process.env['DECKHAND_TEST_ENGINE'] !== 'none') {
  test('in Firefox a live run gets ready, is followed past the network that its container brings, and stops @firefox @long', async () => {
    await using files = await makeTalk();
    await using talk = await present([files.deck], files.folder);
    await using firefox = await startFirefox();
    const deck = await open(firefox, `${talk.url}#/live`);
    const phase = () => attributeOf(deck, 'section.present .panel', 'data-phase');
    const badge = () => textOf(deck, 'section.present .badge');
    await deck.waitForSelector('section.present .panel');
    await deck.keyboard.press('r');
    await expect.poll(phase, { timeout: 90_000 }).toBe('ready');
    expect(await badge()).toBe('LIVE');
    await new Promise((resolve) => setTimeout(resolve, 8000));
    expect(await message(deck)).toBe('');
    await deck.keyboard.press('x');
    await expect.poll(phase, { timeout: 20_000 }).toBe('stopped');
    await expect.poll(badge).not.toBe('LIVE');
    await move(talk.url, 0);
    await expect.poll(() => title(deck), { timeout: 3000 }).toBe('One');
  });
}
