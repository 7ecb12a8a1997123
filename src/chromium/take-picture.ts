import { setTimeout as delay } from 'node:timers/promises';
import type { BrowserContext, Page, Response } from 'playwright';
import type { Picture } from '../runner/recorder/record.ts';
import { launchChromium } from './chromium.ts';

/** What the panel's app view measures in its slide, drawn twice as fine for large screens. */
const SIZE = { width: 670, height: 494 };
const FINE = 2;
/** For an app that takes its time. */
const LOAD_MS = 40_000;
const AGAIN_MS = 1000;
/** An app that is not there yet says so, or something in front of it. */
const NOT_THERE = [502, 503, 504];

/**
 * Photographs the app's page in a headless browser that gets to the app and nowhere else: its preview is the browser's proxy,
 * and takes it to no other service of this machine, by whatever a page tries. Undefined when there is no browser, the page does
 * not load, or leads away.
 */
export async function takePicture(url: string): Promise<Picture | undefined> {
  const { origin, hostname } = new URL(url);
  try {
    const browser = await launchChromium({
      proxy: origin,
      args: [
        `--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE ${hostname}`,
        '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
      ],
    });
    try {
      const context = await browser.newContext({
        viewport: SIZE,
        deviceScaleFactor: FINE,
        serviceWorkers: 'block',
        acceptDownloads: false,
      });
      await keepToApp(context, origin);
      const page = await context.newPage();
      if (!(await open(page, url))) return undefined;
      const png = await page.screenshot();
      if (new URL(page.url()).origin !== origin) return undefined;
      return { png, width: SIZE.width * FINE, height: SIZE.height * FINE };
    } finally {
      await browser.close();
    }
  } catch {
    return undefined;
  }
}

/** What the proxy would refuse as well: without it, every request would wait for its refusal. */
async function keepToApp(context: BrowserContext, origin: string): Promise<void> {
  await context.route(
    (asked) => asked.origin !== origin && asked.protocol !== 'data:' && asked.protocol !== 'blob:',
    async (route) => route.abort(),
  );
}

async function open(page: Page, url: string): Promise<boolean> {
  const until = performance.now() + LOAD_MS;
  for (;;) {
    const left = until - performance.now();
    if (left <= 0) return false;
    const answer: Response | null = await page.goto(url, { timeout: left });
    const isApp = new URL(page.url()).origin === new URL(url).origin;
    if (!isApp || answer === null) return false;
    if (!NOT_THERE.includes(answer.status())) return true;
    await delay(AGAIN_MS);
  }
}
