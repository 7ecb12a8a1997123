import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright';
import { launchChromium } from '../src/chromium/chromium.ts';
import { copyTalk, LINK } from '../tests/e2e/deckhand.ts';
import { manySlides } from './many-slides.ts';
import { median, ms, printTable, type Row } from './table.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const ROUNDS = 7;

interface Server {
  url: string;
  end(): Promise<void>;
}

/** `npm start`, as a person starts it; resolves when the port answers. */
async function start(args: string[]): Promise<Server> {
  const port = await freePort();
  const command = [
    'start',
    '--',
    ...args,
    '--no-open',
    '--no-record',
    '--engine',
    'none',
    '--port',
    String(port),
  ];
  const child = spawn('npm', command, { cwd: ROOT, stdio: ['ignore', 'pipe', 'ignore'], detached: true });
  const url = await new Promise<string>((resolve) => {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const [link] = LINK.exec(text) ?? [];
      if (link !== undefined) resolve(link);
    });
  });
  const end = () =>
    new Promise<void>((resolve) => {
      child.on('exit', () => resolve());
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
    });
  return { url, end };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** From `npm start` to the first slide painted in a browser that is already open. */
async function startToSlide(browser: Browser): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const page = await browser.newPage();
    const began = performance.now();
    const server = await start([]);
    await page.goto(server.url, { waitUntil: 'commit' });
    await page.locator('.reveal.ready section.present').first().waitFor();
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => resolve(0))));
    times.push(performance.now() - began);
    await page.close();
    await server.end();
  }
  return median(times);
}

interface FirstLoad {
  painted: number;
  scriptBytes: number;
}

async function firstLoad(browser: Browser, url: string): Promise<FirstLoad> {
  const times: number[] = [];
  let scriptBytes = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
    const page = await context.newPage();
    await page.goto(url);
    await page.locator('.reveal.ready').waitFor();
    const found = await page.evaluate(() => {
      const paint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN;
      const resources = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
      const scripts = resources.filter((one) => one.name.endsWith('.js'));
      return { paint, scripts: scripts.map((one) => one.name) };
    });
    times.push(found.paint);
    scriptBytes = await gzipBytes(context, found.scripts);
    await context.close();
  }
  return { painted: median(times), scriptBytes };
}

async function gzipBytes({ request }: BrowserContext, urls: string[]): Promise<number> {
  const { gzipSync } = await import('node:zlib');
  const sizes = urls.map(async (url) => gzipSync(await (await request.get(url)).body()).length);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** From a save to the changed words in the page, seen by a frame callback. */
async function saveToScreen(page: Page, file: string): Promise<number> {
  const source = await readFile(file, 'utf8');
  const times: number[] = [];
  for (let round = 0; round < ROUNDS * 2; round += 1) {
    const mark = `mark-${round}-${Date.now()}`;
    const seen = page.waitForFunction(
      (text) => document.querySelector('section.present')?.textContent?.includes(text) === true && Date.now(),
      mark,
      { polling: 'raf' },
    );
    // The watching has begun before the file is saved.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    const began = Date.now();
    await writeFile(file, source.replace('## First', `## First ${mark}`));
    times.push(Number(await (await seen).jsonValue()) - began);
  }
  return median(times);
}

/** The longest script that one press of Next ran, over a whole deck, in ms. */
async function longestNext(page: Page): Promise<{ median: number; longest: number }> {
  const times = await page.evaluate(async () => {
    const taken: number[] = [];
    const total = document.querySelectorAll('.slides section').length;
    for (let press = 0; press < total + 5; press += 1) {
      const began = performance.now();
      const { activeElement } = document;
      (activeElement ?? document.body).dispatchEvent(
        new KeyboardEvent('keydown', { key: 'PageDown', keyCode: 34, bubbles: true }),
      );
      taken.push(performance.now() - began);
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    return taken;
  });
  return { median: median(times), longest: Math.max(...times) };
}

async function measureSaves(
  browser: Browser,
  file: string,
): Promise<{ save: number; next: { median: number; longest: number } }> {
  const server = await start([file]);
  const page = await browser.newPage();
  await page.goto(`${server.url}#/first`);
  await page.locator('.reveal.ready').waitFor();
  const save = await saveToScreen(page, file);
  const next = await longestNext(page);
  await page.close();
  await server.end();
  return { save, next };
}

/** Prints what a speaker and an author wait for. */
export async function benchPresent(): Promise<void> {
  const browser = await launchChromium();
  const startMs = await startToSlide(browser);
  const server = await start([]);
  const load = await firstLoad(browser, server.url);
  await server.end();
  await using talk = await copyTalk();
  await writeFile(talk.deck, (await readFile(talk.deck, 'utf8')).replace('## About me', '## First'));
  const small = await measureSaves(browser, talk.deck);
  await writeFile(talk.deck, manySlides(500));
  const large = await measureSaves(browser, talk.deck);
  await browser.close();
  const rows: Row[] = [
    {
      what: '`npm start` to the first slide',
      measured: ms(startMs),
      goal: '1200 ms',
      peers: 'reveal-md 1.4 s, Marp 1.8 s, Slidev 8 to 10 s',
    },
    {
      what: 'first load of the talk, painted',
      measured: ms(load.painted),
      goal: '250 ms',
      peers: 'Marp 164, pandoc 316, reveal.js 540, Slidev 720 ms',
    },
    {
      what: 'JavaScript of the first load, gzip',
      measured: `${Math.round(load.scriptBytes / 1000)} kB`,
      goal: '100 kB',
      peers: 'pandoc 53, Slidev 207, reveal-md 365 kB',
    },
    {
      what: 'a save to the screen, the talk',
      measured: ms(small.save),
      goal: '60 ms',
      peers: 'Slidev 79, reveal-md 200, Marp 190 ms',
    },
    {
      what: 'a save to the screen, 500 slides',
      measured: ms(large.save),
      goal: '120 ms',
      peers: 'Slidev 213, reveal-md 650, Marp 4300 ms',
    },
    {
      what: 'script of a press of Next, 500 slides: middle, longest',
      measured: `${large.next.median.toFixed(1)}, ${large.next.longest.toFixed(1)} ms`,
      goal: '16 ms',
      peers: '',
    },
  ];
  printTable('Presenting', rows);
}

await benchPresent();
