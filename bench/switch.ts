import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { launchChromium } from '../src/chromium/chromium.ts';
import { present } from '../tests/e2e/deckhand.ts';
import { recordFlakyDemo, stallingStep, type FlakyDemo } from '../tests/e2e/flaky-demo.ts';
import { median, ms, printTable, type Row } from './table.ts';

const ROUNDS = 5;
const PANEL = 'section.present .panel';

/** Fails at once, and prints when. */
const failingStep = (): string => 'echo "clock $(date +%s%3N)"; exit 7\n';

/** Until a frame shows the recording below what was live. Resolves to when that was, in ms of this machine's clock. */
async function firstRecordedFrame(page: Page): Promise<number> {
  const seen = await page.waitForFunction(
    () => {
      const text = document.querySelector('section.present .xterm-rows')?.textContent ?? '';
      const badge = document.querySelector('section.present .badge')?.textContent ?? '';
      return badge.startsWith('LIVE THEN RECORDED') && /from\s+here:\s+recorded/.test(text) && Date.now();
    },
    undefined,
    { polling: 'raf' },
  );
  return Number(await seen.jsonValue());
}

async function openPanel(page: Page, url: string): Promise<void> {
  await page.goto(`${url}#/flaky`);
  await page.reload();
  await page.locator('section.present .panel-rest', { hasText: 'builds and runs it' }).waitFor();
}

async function reset(page: Page): Promise<void> {
  await page.keyboard.press('z');
  await page.locator('section.present .panel-rest').waitFor();
}

/** From E, pressed while a step stalls. */
async function byKey(page: Page, url: string, demo: FlakyDemo): Promise<number[]> {
  await demo.setSafety('ask', '10m');
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await demo.setStep(stallingStep());
    await openPanel(page, url);
    await page.keyboard.press('r');
    await page.locator('section.present .xterm-rows', { hasText: 'part 1 of 3, live' }).waitFor();
    const shown = firstRecordedFrame(page);
    const pressed = Date.now();
    await page.keyboard.press('e');
    times.push((await shown) - pressed);
    await reset(page);
  }
  return times;
}

/** From the moment in which a step fails by itself: what the engine takes to say so is in it. */
async function byFailure(page: Page, url: string, demo: FlakyDemo): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await demo.setStep(`${failingStep()}# ${round}\n`);
    await openPanel(page, url);
    await page.keyboard.press('r');
    const shown = await firstRecordedFrame(page);
    const text = await page.locator(PANEL).locator('.xterm-rows').textContent();
    times.push(shown - Number(/clock\s+(\d+)/u.exec(text ?? '')?.[1]));
    await reset(page);
  }
  return times;
}

/** Makes its recording one of 100,000 events, before anything of it is built. */
async function makeLong({ folder, name }: FlakyDemo): Promise<void> {
  const file = join(folder, 'demos', name, 'recording', 'run.cast');
  const lines = (await readFile(file, 'utf8')).split('\n');
  const event = JSON.stringify({ type: 'output', service: 'web', text: '' });
  const output = `${JSON.stringify([0, 'd', event])}\n${JSON.stringify([0, 'o', 'a line of a long build\r\n'])}`;
  const first = lines.findIndex((line) => line.includes('"m","building"'));
  const long = [
    ...lines.slice(0, first + 1),
    ...Array<string>(100_000).fill(output),
    ...lines.slice(first + 1),
  ];
  await writeFile(file, long.join('\n'));
}

async function measure(
  demo: FlakyDemo,
  how: (page: Page, url: string, demo: FlakyDemo) => Promise<number[]>,
): Promise<string> {
  await using talk = await present([demo.deck]);
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    const times = await how(page, talk.url, demo);
    return `${ms(median(times))}, ${ms(Math.max(...times))}`;
  } finally {
    await browser.close();
  }
}

/** How long the audience waits for the recording that takes a live run's place. */
export async function benchSwitch(): Promise<void> {
  await using demo = await recordFlakyDemo();
  const row = (what: string, measured: string): Row => ({ what, measured, goal: '300 ms', peers: '' });
  const rows = [
    row(`E to the recording’s first frame, ${ROUNDS} runs: middle, longest`, await measure(demo, byKey)),
  ];
  await demo.setSafety('auto', '10m');
  rows.push(row('a step that fails to that frame, `fallback: auto`', await measure(demo, byFailure)));
  await makeLong(demo);
  rows.push(row('E to that frame, a recording of 100,000 events', await measure(demo, byKey)));
  printTable('The switch to the recording', rows);
}

await benchSwitch();
