import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright';
import { launchChromium } from '../src/chromium/chromium.ts';
import { deckhand } from '../tests/e2e/deckhand.ts';
import { serveSite, type SiteServer } from '../tests/e2e/site-server.ts';
import { median, ms, printTable } from './table.ts';

const ROUNDS = 31;

/** The talk's words and nothing else: no style, no script. */
function toBarePage(page: string): string {
  const body = page.slice(page.indexOf('<body>'), page.indexOf('<script type="application/json"'));
  const plain = body.replace(/<img[^>]*>/g, '').replace(/<(\/?)([a-z0-9]+)[^>]*>/gi, '<$1$2>');
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Bare</title>${plain}`;
}

/** From the request to the first words on the screen, in a browser that has never seen the page. */
async function painted(browser: Browser, url: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  const page = await context.newPage();
  await page.goto(url);
  const paint = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          const first = list.getEntriesByName('first-contentful-paint')[0];
          if (first !== undefined) resolve(first.startTime);
        }).observe({ type: 'paint', buffered: true });
      }),
  );
  await context.close();
  return paint;
}

/** Scripts that had come when the first slide was there for good, packed as a host sends them. */
async function scriptBytes(browser: Browser, server: SiteServer, site: string): Promise<number> {
  const page = await browser.newPage();
  await page.goto(server.url);
  await page.locator('.reveal.ready').waitFor();
  const names = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => name)
      .filter((name) => name.endsWith('.js')),
  );
  await page.close();
  const sizes = [...new Set(names)].map(async (name) => {
    const bytes = await readFile(join(site, name.slice(server.url.length)));
    return gzipSync(bytes).length;
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** Prints what a visitor of a published deck waits for, beside a page that is nothing but its words. */
export async function benchSite(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'deckhand-bench-'));
  const site = join(folder, 'site');
  const single = join(folder, 'talk.html');
  await deckhand(['build', '-o', site]);
  await deckhand(['build', '--single-file', '--no-animations', '-o', single]);
  await writeFile(join(site, 'bare.html'), toBarePage(await readFile(join(site, 'index.html'), 'utf8')));
  const browser = await launchChromium();
  const server = await serveSite(site);
  const times = { bare: [] as number[], deck: [] as number[] };
  // In turns, so that whatever else the machine does falls on both.
  for (let round = 0; round < ROUNDS; round += 1) {
    times.bare.push(await painted(browser, `${server.url}bare.html`));
    times.deck.push(await painted(browser, server.url));
  }
  const scripts = await scriptBytes(browser, server, site);
  await browser.close();
  await server.end();
  const [bare, deck] = [median(times.bare), median(times.deck)];
  printTable('A published deck', [
    {
      what: 'first slide painted, beside a bare page with the same words',
      measured: `${ms(deck)} and ${ms(bare)}: × ${(deck / bare).toFixed(2)}`,
      goal: '× 1.3',
      peers: '',
    },
    {
      what: 'JavaScript before the first slide shows, gzip',
      measured: `${Math.round(scripts / 1000)} kB`,
      goal: '100 kB',
      peers: 'pandoc 53, Slidev 207, reveal-md 365 kB',
    },
    {
      what: 'the talk in one file, without its animated pictures',
      measured: `${((await stat(single)).size / 1e6).toFixed(1)} MB`,
      goal: '5 MB',
      peers: '',
    },
  ]);
  await rm(folder, { recursive: true });
}

await benchSite();
