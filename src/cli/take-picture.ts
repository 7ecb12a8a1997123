import type { Picture } from '../runner/record.ts';
import { CHROMIUM_ARGUMENTS, findChromium } from './find-chromium.ts';

/** What the panel's app view measures at its slide's full size. */
const SIZE = { width: 1024, height: 768 };
const LOAD_MS = 10_000;

/** Photographs the app's page in a headless browser. Undefined when there is none, or the page does not load. */
export async function takePicture(url: string): Promise<Picture | undefined> {
  try {
    const { chromium } = await import('playwright');
    const browser = await chromium.launch({ executablePath: await findChromium(), args: CHROMIUM_ARGUMENTS });
    try {
      const page = await browser.newPage({ viewport: SIZE });
      await page.goto(url, { timeout: LOAD_MS });
      return { png: await page.screenshot(), ...SIZE };
    } finally {
      await browser.close();
    }
  } catch {
    return undefined;
  }
}
