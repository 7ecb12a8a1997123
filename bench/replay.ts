import type { Browser, Page } from 'playwright';
import { browserClock } from '../src/browser/panel/session/browser-clock.ts';
import { launchChromium } from '../src/chromium/chromium.ts';
import { parseRecording } from '../src/demo/recording/cast-reader.ts';
import { Checkpoints } from '../src/demo/recording/checkpoints.ts';
import { toReplaySource } from '../src/demo/recording/replay.ts';
import { toTimeline, type Timeline } from '../src/demo/recording/timeline.ts';
import { castDeck, castV3, type CastLine } from '../tests/e2e/casts.ts';
import { present } from '../tests/e2e/deckhand.ts';
import { median, ms, printTable, type Row } from './table.ts';

/**
 * Whether a replay keeps time, and how long a seek takes, with 100,000 events: the events themselves in this process, what is
 * seen of them in a browser.
 */
const EVENTS = 100_000;
const NONE = '';

/** A line every `gap` ms. */
function longCast(gap: number): string {
  return castV3(
    Array.from({ length: EVENTS }, (_, i): CastLine => [gap / 1000, 'o', `line ${i} of the recording\r\n`]),
  );
}

function longTimeline(gap: number): Timeline {
  const recording = parseRecording(longCast(gap));
  if ('unreadable' in recording) throw new Error(recording.unreadable);
  return toTimeline(recording);
}

interface Pace {
  /** How late the latest event came, and the last one, in ms; and how many came too early or in another order. */
  latest: number;
  last: number;
  wrong: number;
  count: number;
}

async function play(timeline: Timeline, speed: number): Promise<Pace> {
  const clock = browserClock(() => performance.now());
  const startedAt = performance.now() + 100;
  const source = toReplaySource(timeline, { clock, from: 0, startedAt, speed });
  const pace: Pace = { latest: 0, last: 0, wrong: 0, count: 0 };
  for await (const event of source.events(0, new AbortController().signal)) {
    const due = startedAt + (timeline.times[pace.count] ?? 0) / speed;
    pace.last = performance.now() - due;
    pace.latest = Math.max(pace.latest, pace.last);
    // A timer of the platform may fire a fraction of a millisecond early.
    if (pace.last < -1 || event !== timeline.events[pace.count]) pace.wrong += 1;
    pace.count += 1;
  }
  return pace;
}

function paceRow(what: string, { latest, last, wrong, count }: Pace): Row {
  const order = wrong === 0 && count === EVENTS ? 'all, in order' : `${count}, ${wrong} of them wrong`;
  const measured = `${order}; latest ${latest.toFixed(1)} ms late, the last ${last.toFixed(1)} ms`;
  return { what, measured, goal: 'all, in order; 20 ms', peers: NONE };
}

function seekRow(timeline: Timeline): Row {
  const checkpoints = new Checkpoints(timeline.events);
  const seek = (count: number) => {
    const start = performance.now();
    checkpoints.viewAt(count);
    return performance.now() - start;
  };
  const first = seek(EVENTS);
  const places = Array.from({ length: 500 }, (_, i) => (i * 7919 * 13) % EVENTS);
  const times = places.map(seek);
  const measured = `first ${ms(first)}, then ${median(times).toFixed(1)} ms, at most ${Math.max(...times).toFixed(1)} ms`;
  return { what: 'seek anywhere in 100,000 events: the fold', measured, goal: '100 ms', peers: NONE };
}

/** Opens a slide's recording in the page and plays it. */
async function open(page: Page, url: string, slide: string): Promise<void> {
  await page.goto(`${url}#/${slide}`);
  await page.locator('section.present demo-panel').waitFor({ timeout: 60_000 });
  await page.keyboard.press('r');
  await page.locator('section.present .seek-track').waitFor({ timeout: 60_000 });
  await page.keyboard.press('e');
}

/** From the press on the bar to the frame in which the terminal shows the lines of that place. */
async function seekOnScreen(page: Page, share: number): Promise<number> {
  const pressed = await page.evaluate((at) => {
    const bar = document.querySelector('section.present seek-bar');
    if (bar === null) throw new Error('nothing plays');
    const { left, top, width } = bar.getBoundingClientRect();
    const place = { clientX: left + width * at, clientY: top + 20, button: 0, pointerId: 1, bubbles: true };
    // Only a real pointer can be captured.
    bar.setPointerCapture = () => {};
    const start = performance.now();
    bar.dispatchEvent(new PointerEvent('pointerdown', place));
    bar.dispatchEvent(new PointerEvent('pointerup', place));
    return start;
  }, share);
  const shown = await page.waitForFunction(
    ([start, line, near]) => {
      const rows = document.querySelector('section.present .xterm-rows')?.textContent ?? '';
      const last = [...rows.matchAll(/line (\d+) of/g)].at(-1)?.[1];
      return Math.abs(Number(last) - line) < near && performance.now() - start;
    },
    [pressed, share * EVENTS, EVENTS / 100] as const,
    { polling: 'raf' },
  );
  return Number(await shown.jsonValue());
}

async function screenRow(page: Page, url: string): Promise<Row> {
  await open(page, url, 'long');
  const times: number[] = [];
  for (const share of [0.9, 0.2, 0.7, 0.1, 0.95, 0.5, 0.3, 0.8]) times.push(await seekOnScreen(page, share));
  const measured = `${ms(median(times))}, at most ${ms(Math.max(...times))}`;
  return { what: 'the same, from the press to the terminal', measured, goal: '100 ms', peers: NONE };
}

async function bigRow(page: Page, url: string): Promise<Row> {
  const start = performance.now();
  await page.goto(`${url}#/big`);
  const tasks = await page.evaluateHandle(() => {
    const durations: number[] = [];
    new PerformanceObserver((list) =>
      durations.push(...list.getEntries().map((task) => task.duration)),
    ).observe({
      type: 'longtask',
      buffered: true,
    });
    return durations;
  });
  await page.locator('section.present demo-panel').waitFor({ timeout: 120_000 });
  const opened = performance.now() - start;
  await page.keyboard.press('r');
  await page.locator('section.present .panel-note').waitFor({ timeout: 60_000 });
  await page.keyboard.press('t');
  await page.getByRole('button', { name: 'Play again' }).waitFor({ timeout: 60_000 });
  const longest = Math.max(0, ...(await tasks.jsonValue()));
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const measured = `after ${ms(opened)}; longest task ${ms(longest)}; ${Math.round(usedSize / 1e6)} MB in the page`;
  return {
    what: 'a recording of 100 MB: its first 32 MB play',
    measured,
    goal: 'no frozen page',
    peers: NONE,
  };
}

async function inBrowser(browser: Browser): Promise<Row[]> {
  const text = 'x'.repeat(990);
  const big = Array.from({ length: EVENTS }, (_, i): CastLine => [0.001, 'o', `${i} ${text}\r\n`]);
  await using copy = await castDeck({ long: longCast(1), big: castV3(big) });
  await using talk = await present([copy.deck, '--engine', 'none']);
  return [
    await screenRow(await browser.newPage(), talk.url),
    await bigRow(await browser.newPage(), talk.url),
  ];
}

export async function benchReplay(): Promise<void> {
  const quick = longTimeline(0.2);
  const rows = [
    paceRow('100,000 events at 1x, in 20 s', await play(quick, 1)),
    paceRow('100,000 events at 16x, in 6 s', await play(longTimeline(1), 16)),
    seekRow(quick),
  ];
  const browser = await launchChromium();
  try {
    rows.push(...(await inBrowser(browser)));
  } finally {
    await browser.close();
  }
  printTable('Replay', rows);
}

await benchReplay();
