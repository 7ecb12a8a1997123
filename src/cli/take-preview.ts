import { pathToFileURL } from 'node:url';
import { UserError } from '../demo/user-error.ts';
import { CHROMIUM_ARGUMENTS, findChromium } from './find-chromium.ts';

/** What readers of link previews ask for: https://ogp.me */
const SIZE = { width: 1200, height: 630 };
const READY_MS = 20_000;

/** Photographs the first slide of a published page, as PNG. Undefined when there is no browser on this machine. */
export async function takePreview(file: string): Promise<Uint8Array | undefined> {
  const executablePath = await findChromium().catch((error: unknown) => {
    if (error instanceof UserError) return undefined;
    throw error;
  });
  if (executablePath === undefined) return undefined;
  const { chromium } = await import('playwright');
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGUMENTS });
  try {
    const page = await browser.newPage({ viewport: SIZE, reducedMotion: 'reduce' });
    await page.goto(pathToFileURL(file).href);
    await page.waitForSelector('.reveal.ready', { timeout: READY_MS });
    await page.addStyleTag({
      content: '.reveal :is(.controls, .progress, .slide-number) { display: none !important }',
    });
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    return await page.screenshot();
  } finally {
    await browser.close();
  }
}
