/**
 * `npm run soak -- --minutes 60`: a speaker and an author at work on one Deckhand for as long as that, with a real browser and,
 * where there is one, a real engine. Prints what server and pages hold each minute, and fails when it still grows after the first five.
 */
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { CDPSession, Page } from 'playwright';
import { launchChromium } from '../src/chromium/chromium.ts';
import { copyTalk, presentAndRecord, type Presenting } from '../tests/e2e/deckhand.ts';
import type { ServerSample } from './soak/probe.ts';
import { toTrend, type Trend } from './soak/verdict.ts';

const WARM_MINUTES = 5;

interface Sample extends ServerSample {
  minute: number;
  /** Of the deck's window. */
  pageHeap: number;
  nodes: number;
  listeners: number;
}

interface Done {
  runs: number;
  saves: number;
  reloads: number;
  windows: number;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { minutes: { type: 'string', default: '60' } } });
  const minutes = Number(values.minutes);
  if (!(minutes > WARM_MINUTES)) throw new Error(`--minutes takes a number above ${WARM_MINUTES}`);
  const folder = await mkdtemp(join(tmpdir(), 'deckhand-soak-'));
  const probe = join(folder, 'probe.json');
  await using talk = await copyTalk();
  const before = process.env['NODE_OPTIONS'];
  process.env['NODE_OPTIONS'] = `--import tsx --import ${new URL('soak/probe.ts', import.meta.url).href}`;
  process.env['SOAK_PROBE'] = probe;
  await using deckhand = await presentAndRecord([talk.deck], process.cwd());
  process.env['NODE_OPTIONS'] = before ?? '';
  const browser = await launchChromium();
  try {
    const page = await (await browser.newContext()).newPage();
    const samples = await soak({ deckhand, deck: talk.deck, probe, minutes, page });
    process.exitCode = judge(samples) ? 0 : 1;
  } finally {
    await browser.close();
    await rm(folder, { recursive: true });
  }
}

interface Soaked {
  deckhand: Presenting;
  deck: string;
  probe: string;
  minutes: number;
  page: Page;
}

async function soak({ deckhand, deck, probe, minutes, page }: Soaked): Promise<Sample[]> {
  const text = await readFile(deck, 'utf8');
  const done: Done = { runs: 0, saves: 0, reloads: 0, windows: 0 };
  const samples: Sample[] = [];
  await page.goto(deckhand.url);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  const began = performance.now();
  for (let round = 1; ; round += 1) {
    await talkOn(page, done);
    await writeFile(deck, `${text}\n\n## Saved ${round}\n\nLine ${round}\n`);
    done.saves += 1;
    if (round % 4 === 0) await reload(page, done);
    if (round % 3 === 0) await openAnotherWindow(page, deckhand.url, done);
    const minute = (performance.now() - began) / 60_000;
    if (minute >= samples.length) samples.push(await look(minute, deckhand, probe, devtools));
    if (samples.length > 0) tell(samples.at(-1), done);
    if (minute >= minutes) return samples;
  }
}

/** What a speaker does in some seconds: steps, a drawing, a run to its end, a replay. */
async function talkOn(page: Page, done: Done): Promise<void> {
  await page.locator('.reveal.ready').waitFor();
  await goToDemo(page);
  await page.keyboard.press('r');
  const over = page.locator('section.present .panel:is([data-phase="ready"], [data-phase="failed"])');
  await over.waitFor({ timeout: 120_000 });
  done.runs += 1;
  await page.keyboard.press('x');
  await page.keyboard.press('z');
  for (let press = 0; press < 3; press += 1) await page.keyboard.press('PageUp');
  await page.keyboard.press('d');
  await page.mouse.move(300, 300);
  await page.mouse.down();
  await page.mouse.move(500, 400, { steps: 10 });
  await page.mouse.up();
  await page.keyboard.press('w');
  await page.keyboard.press('d');
}

/** Again when the page loads anew just then: a save or a lost part makes it. */
async function goToDemo(page: Page): Promise<void> {
  for (let tries = 1; ; tries += 1)
    try {
      await page.evaluate(() => (location.hash = '#/lets-run-it'));
      return await page.locator('section.present .panel').waitFor({ timeout: 10_000 });
    } catch (error) {
      if (tries === 3) throw error;
    }
}

async function reload(page: Page, done: Done): Promise<void> {
  await page.reload();
  await page.locator('.reveal.ready').waitFor();
  done.reloads += 1;
}

/** A speaker view that comes and goes. */
async function openAnotherWindow(page: Page, url: string, done: Done): Promise<void> {
  const other = await page.context().newPage();
  await other.goto(new URL('speaker', url).href);
  await other.waitForLoadState('networkidle').catch(() => undefined);
  await other.close();
  done.windows += 1;
}

async function look(
  minute: number,
  { process: child }: Presenting,
  probe: string,
  devtools: CDPSession,
): Promise<Sample> {
  const changedAt = () =>
    stat(probe).then(
      ({ mtimeMs }) => mtimeMs,
      () => 0,
    );
  const before = await changedAt();
  child.kill('SIGUSR2');
  while ((await changedAt()) === before) await new Promise((resolve) => setTimeout(resolve, 50));
  const server = JSON.parse(await readFile(probe, 'utf8')) as ServerSample;
  await devtools.send('HeapProfiler.collectGarbage');
  const { metrics } = await devtools.send('Performance.getMetrics');
  const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  const page = { pageHeap: of('JSHeapUsedSize'), nodes: of('Nodes'), listeners: of('JSEventListeners') };
  return { minute, ...server, ...page };
}

let lastMinute = -1;

function tell(sample: Sample | undefined, done: Done): void {
  if (sample === undefined || sample.minute === lastMinute) return;
  lastMinute = sample.minute;
  const mb = (bytes: number) => (bytes / 1e6).toFixed(1);
  const { minute, heap, rss, handles, pageHeap, nodes, listeners } = sample;
  process.stdout.write(
    `${minute.toFixed(1).padStart(5)} min  server ${mb(heap)} MB heap, ${mb(rss)} MB in all, ${handles} handles; ` +
      `page ${mb(pageHeap)} MB heap, ${nodes} nodes, ${listeners} listeners; ` +
      `${done.runs} runs, ${done.saves} saves, ${done.reloads} reloads, ${done.windows} windows\n`,
  );
}

/** Prints a table; true when nothing grows any more. */
function judge(samples: readonly Sample[]): boolean {
  const warm = samples.filter(({ minute }) => minute >= WARM_MINUTES);
  const trend = (key: keyof Sample, share: number, slack: number): Trend =>
    toTrend(
      warm.map((sample) => sample[key]),
      share,
      slack,
    );
  const trends: [string, Trend][] = [
    ['server heap, bytes', trend('heap', 0.05, 2e6)],
    ['server memory, bytes', trend('rss', 0.1, 5e6)],
    ['server handles', trend('handles', 0, 3)],
    ['page heap, bytes', trend('pageHeap', 0.1, 2e6)],
    ['page nodes', trend('nodes', 0.05, 300)],
    ['page listeners', trend('listeners', 0.05, 20)],
  ];
  process.stdout.write('\n| after the first 5 minutes | first third | last third | |\n|---|---|---|---|\n');
  for (const [what, { early, late, isFlat }] of trends) {
    process.stdout.write(
      `| ${what} | ${Math.round(early)} | ${Math.round(late)} | ${isFlat ? 'flat' : 'GROWS'} |\n`,
    );
  }
  return trends.every(([, { isFlat }]) => isFlat);
}

await main();
