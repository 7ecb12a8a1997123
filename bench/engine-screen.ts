import type { JSHandle, Page } from 'playwright';
import { launchChromium } from '../src/chromium/chromium.ts';
import { present } from '../tests/e2e/deckhand.ts';
import { makeFolder } from '../tests/engine/test-engine.ts';
import { uniqueName } from '../tests/runner/run-demo.ts';
import { printingDemo, readPeak } from './engine-flood.ts';
import { median, ms, type Row } from './table.ts';

const ROUNDS = 5;
const ROWS = 'section.present .xterm-rows';

function deckOf(names: readonly string[]): string {
  const slides = names.map((name) => `## ${name}\n\n::: {.demo name="${name}" views="terminal"}\n:::\n`);
  return `---\ntitle: Bench\n---\n\n${slides.join('\n')}`;
}

/** Tasks over 50 ms from now on, or from the page's beginning on. Source: W3C Long Tasks API. */
function watchTasks(page: Page): Promise<JSHandle<number[]>> {
  return page.evaluateHandle(() => {
    const durations: number[] = [];
    new PerformanceObserver((list) => {
      durations.push(...list.getEntries().map((entry) => entry.duration));
    }).observe({ type: 'longtask', buffered: true });
    return durations;
  });
}

/** Until the panel has heard that the engine is there. */
async function rest(page: Page): Promise<void> {
  await page.locator('section.present .panel-rest', { hasText: 'builds and runs it' }).waitFor();
}

/** From a container's first print to the frame that shows it. */
async function lineToScreen(page: Page, url: string, name: string): Promise<number> {
  await page.goto(`${url}#/${name}`);
  await page.reload();
  await rest(page);
  const seen = page.waitForFunction(
    (rows) => {
      const printed = /clock (\d+)/u.exec(document.querySelector(rows)?.textContent ?? '')?.[1];
      return printed !== undefined && Date.now() - Number(printed);
    },
    ROWS,
    { polling: 'raf' },
  );
  await page.keyboard.press('r');
  const delay = Number(await (await seen).jsonValue());
  await page.locator('section.present .panel[data-phase="stopped"]').waitFor();
  return delay;
}

/** Resolves when the terminal shows the run's end. */
async function shownToEnd(page: Page): Promise<void> {
  await page.locator(ROWS, { hasText: '— stopped —' }).waitFor({ timeout: 180_000 });
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
}

/** Scrolls back with the wheel until the terminal says that something was left out. */
async function saysLeftOut(page: Page): Promise<boolean> {
  await page.locator('section.present .terminal-box').hover();
  const rows = page.locator(ROWS);
  for (let turn = 0; turn < 400; turn += 1) {
    if ((await rows.textContent())?.includes('left out') === true) return true;
    await page.mouse.wheel(0, -300);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
  return false;
}

interface Tasks {
  running: number[];
  /** Of a page that is loaded when all is over. */
  late: number[];
  leftOut: boolean;
}

async function flood(page: Page, url: string, name: string): Promise<Tasks> {
  await page.goto(`${url}#/${name}`);
  await page.reload();
  await rest(page);
  const running = await watchTasks(page);
  await running.evaluate((durations) => durations.splice(0));
  await page.keyboard.press('r');
  await shownToEnd(page);
  const leftOut = await saysLeftOut(page);
  const found = await running.jsonValue();
  await page.reload();
  const late = await watchTasks(page);
  await shownToEnd(page);
  return { running: found, late: await late.jsonValue(), leftOut };
}

const longest = (tasks: readonly number[]): string =>
  tasks.length === 0 ? 'under 50 ms' : `${ms(Math.max(...tasks))} (${tasks.length} over 50 ms)`;

/** The same two containers, started from a slide and seen in a browser. */
export async function benchScreen(): Promise<Row[]> {
  // A demo that has run shows its last run: each is started once.
  const lines = Array.from({ length: ROUNDS }, uniqueName);
  const loud = uniqueName();
  const clocks = lines.map((name) => [`demos/${name}/compose.yaml`, printingDemo(name, 'clock')]);
  await using made = await makeFolder({
    'deck.md': deckOf([...lines, loud]),
    ...Object.fromEntries(clocks),
    [`demos/${loud}/compose.yaml`]: printingDemo(loud, 'flood'),
  });
  await using presenting = await present([`${made.folder}/deck.md`]);
  const browser = await launchChromium();
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  const delays: number[] = [];
  for (const name of lines) delays.push(await lineToScreen(page, presenting.url, name));
  const tasks = await flood(page, presenting.url, loud);
  const peak = await readPeak(presenting.process.pid);
  await browser.close();
  return [
    {
      what: `a container’s first line to the screen, ${ROUNDS} runs: middle, longest`,
      measured: `${ms(median(delays))}, ${ms(Math.max(...delays))}`,
      goal: '100 ms',
      peers: '',
    },
    {
      what: 'longest task of the page while 200 MB scroll by',
      measured: longest(tasks.running),
      goal: '100 ms',
      peers: '',
    },
    {
      what: 'longest task of a page loaded after that',
      measured: longest(tasks.late),
      goal: '100 ms',
      peers: '',
    },
    {
      what: 'the panel says what was left out',
      measured: tasks.leftOut ? 'yes' : 'no',
      goal: 'yes',
      peers: '',
    },
    {
      what: '`deckhand present` meanwhile, at most',
      measured: `${Math.round(peak / 1e6)} MB`,
      goal: '200 MB',
      peers: '',
    },
  ];
}
