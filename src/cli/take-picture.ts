import type { Picture } from '../runner/record.ts';
import { launchChromium } from './chromium.ts';

/** What the panel's app view measures in its slide, drawn twice as fine for large screens. */
const SIZE = { width: 670, height: 494 };
const FINE = 2;
const LOAD_MS = 10_000;

/** Photographs the app's page in a headless browser. Undefined when there is none, or the page does not load. */
export async function takePicture(url: string): Promise<Picture | undefined> {
  try {
    const browser = await launchChromium();
    try {
      const page = await browser.newPage({ viewport: SIZE, deviceScaleFactor: FINE });
      await page.goto(url, { timeout: LOAD_MS });
      return { png: await page.screenshot(), width: SIZE.width * FINE, height: SIZE.height * FINE };
    } finally {
      await browser.close();
    }
  } catch {
    return undefined;
  }
}
