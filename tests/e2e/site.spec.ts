import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { faultsOf } from './axe.ts';
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { deckhand } from './deckhand.ts';
import { serveSite } from './site-server.ts';

let folder = '';
let site = '';
let file = '';

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deckhand-site-'));
  site = join(folder, 'site');
  file = join(folder, 'talk.html');
  const built = await deckhand(['build', '-o', site]);
  expect(built.stderr).toBe('');
  expect(built.code).toBe(0);
  const single = await deckhand(['build', '--single-file', '--no-animations', '-o', file]);
  expect(single.code).toBe(0);
});

test.afterAll(() => rm(folder, { recursive: true, force: true }));

/** What browsers complain about, a forbidden script or picture included, and what pages ask other hosts for. */
function watch(context: BrowserContext): { complaints: string[]; foreign: string[] } {
  const complaints: string[] = [];
  const foreign: string[] = [];
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  context.on('weberror', (error) => complaints.push(error.error().message));
  context.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    const isOwn = ['file:', 'data:', 'blob:'].includes(protocol) || hostname === '127.0.0.1';
    if (!isOwn) foreign.push(request.url());
  });
  return { complaints, foreign };
}

async function open(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  await expect(page.locator('.reveal')).toHaveClass(/ready/);
  return page;
}

/** Opens the speaker view by its key. */
async function openSpeaker(context: BrowserContext, deck: Page): Promise<Page> {
  const [speaker] = await Promise.all([context.waitForEvent('page'), deck.keyboard.press('s')]);
  await expect(speaker.frameLocator('iframe.current').locator('.reveal.ready')).toBeVisible();
  await expect(speaker.frameLocator('iframe.next').locator('.reveal.ready')).toBeVisible();
  return speaker;
}

/** The whole of it: slides in order, a speaker view in step, a demo that replays, a place that survives a reload. */
async function give(context: BrowserContext, url: string): Promise<void> {
  const deck = await open(context, url);
  await expect(deck.locator('section.present h1')).toHaveText('Docker + Python: How To Get There?');
  const speaker = await openSpeaker(context, deck);
  await speaker.keyboard.press('PageDown');
  await expect(deck.locator('section.present h2')).toHaveText('About me');
  await deck.evaluate(() => (location.hash = '#/see-for-yourself'));
  await expect(speaker.locator('.notes-text')).toContainText('It is one process');
  await expect(deck.locator('section.present .panel-rest')).toContainText('plays a recording made on');
  await speaker.keyboard.press('r');
  await expect(deck.locator('section.present .badge')).toContainText('RECORDED');
  const mirror = speaker.frameLocator('iframe.current');
  await expect(mirror.locator('section.present .badge')).toContainText('RECORDED');
  await expect(deck.locator('section.present .process-pid').first()).toHaveText(/process 1/);
  await Promise.all([deck.reload(), speaker.reload()]);
  await expect(deck.locator('section.present h2')).toHaveText('See for yourself');
  await expect(deck.locator('section.present .badge')).toContainText('RECORDED');
  await expect(speaker.locator('.notes-text')).toContainText('It is one process');
}

test('a site under any path gives the talk with its speaker view and replays, and asks nobody else', async ({
  context,
}) => {
  await using server = await serveSite(site);
  const { complaints, foreign } = watch(context);
  await give(context, server.url);
  expect(complaints).toEqual([]);
  expect(foreign).toEqual([]);
  expect(server.missing).toEqual([]);
});

test('the same site opens from a disk', async ({ context }) => {
  const { complaints } = watch(context);
  await give(context, pathToFileURL(join(site, 'index.html')).href);
  expect(complaints).toEqual([]);
});

test('one file under 5 MB opens from a disk, with speaker view, pictures and replays inside', async ({
  context,
}) => {
  expect((await stat(file)).size).toBeLessThan(5_000_000);
  const { complaints, foreign } = watch(context);
  await give(context, pathToFileURL(file).href);
  const deck = await open(context, `${pathToFileURL(file).href}#/an-example-use-case`);
  const picture = deck.locator('section.present img');
  await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(100);
  expect(complaints).toEqual([]);
  expect(foreign).toEqual([]);
});

test('a deck that was visited once opens without a network, at a slide that nobody had looked at', async ({
  page,
}) => {
  const server = await serveSite(site);
  await page.goto(server.url);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await server.end();
  await page.goto(`${server.url}#/lets-run-it`);
  await page.reload();
  await expect(page.locator('section.present .panel-rest')).toBeVisible();
  await page.keyboard.press('r');
  await expect(page.locator('section.present .badge')).toContainText('RECORDED');
  await expect(page.locator('section.present .terminal-box .xterm')).toHaveCount(1);
});

test('a new build is seen at the next visit, and the old one is forgotten when no window shows it @long', async ({
  page,
}) => {
  const deck = join(folder, 'small.md');
  const output = join(folder, 'small');
  await writeFile(deck, '# Before\n\n# Two\n');
  await deckhand(['build', deck, '-o', output]);
  await using server = await serveSite(output);
  await page.goto(server.url);
  await page.evaluate(() => navigator.serviceWorker.ready);
  const kept = () => page.evaluate(() => caches.keys());
  const [old] = await kept();
  await writeFile(deck, '# After\n\n# Two\n');
  expect((await deckhand(['build', deck, '-o', output])).code).toBe(0);
  await page.reload();
  await expect(page.locator('section.present h1')).toHaveText('After');
  await expect.poll(async () => (await kept()).length).toBe(2);
  await page.goto('about:blank');
  await page.goto(server.url);
  await expect.poll(async () => (await kept()).includes(old ?? '')).toBe(false);
});

test('links to the deck show its title, what it is about and a picture of its first slide', async () => {
  const page = await readFile(join(site, 'index.html'), 'utf8');
  expect(page).toContain('<meta property="og:title" content="Docker + Python: How To Get There?">');
  expect(page).toMatch(/<meta property="og:description" content="About me · What is Docker\?/);
  expect(page).toContain('<meta property="og:image" content="preview.png">');
  const picture = await readFile(join(site, 'preview.png'));
  expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([1200, 630]);
});

test('axe finds nothing on any slide, with panels at rest and played, nor on the speaker view', async ({
  context,
}) => {
  await using server = await serveSite(site);
  const deck = await open(context, server.url);
  await deck.emulateMedia({ reducedMotion: 'reduce' });
  const slides = await deck.locator('.slides > section').count();
  expect(slides).toBeGreaterThan(20);
  for (let slide = 0; slide < slides; slide += 1) {
    // reveal.js may write the address of the slide before at that very moment.
    await expect(async () => {
      await deck.evaluate((at) => (location.hash = `#/${at}`), slide);
      await expect(deck.locator('.slides > section').nth(slide)).toHaveClass(/present/, { timeout: 2000 });
    }).toPass();
    if ((await deck.locator('section.present .demo').count()) > 0) {
      await expect(deck.locator('section.present .panel')).toBeVisible();
      expect(await faultsOf(deck)).toEqual([]);
      await deck.keyboard.press('r');
      await expect(deck.locator('section.present .badge')).toContainText('RECORDED');
    }
    expect(await faultsOf(deck)).toEqual([]);
  }
  const speaker = await openSpeaker(context, deck);
  await expect(speaker.locator('.notes-text')).toBeVisible();
  expect(await faultsOf(speaker)).toEqual([]);
});
