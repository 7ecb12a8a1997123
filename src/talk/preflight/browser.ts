import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import type { Check } from '../../stage/preflight.ts';
import { findChromium, launchChromium } from '../../chromium/chromium.ts';
import { toPictureCheck, type ShownFiles } from './deck.ts';

/** Nobody answers at this name: every request of the page is answered here. */
const ORIGIN = 'http://preflight.invalid';

/** Starts the Chromium that is there, and has it decode the deck's pictures and load the bundle's fonts. */
export async function checkInBrowser(
  shown: Promise<ShownFiles>,
  fontFolder: string,
  signal: AbortSignal,
): Promise<Check[]> {
  const files = await shown;
  const browser = await launchChromium().catch((error: Error) => error);
  if (browser instanceof Error) return withoutBrowser(browser, files, fontFolder);
  const close = () => void browser.close();
  signal.addEventListener('abort', close, { once: true });
  try {
    const page = await openPage(await browser.newPage(), files, fontFolder);
    const names = await fontNames(fontFolder);
    const broken = await brokenPictures(page, files);
    const fonts = await loadFonts(page, names);
    const found = {
      name: 'browser',
      state: 'green',
      what: `Chromium ${browser.version()}: ${findChromium()}`,
      next: '',
    };
    return [found as Check, toPictureCheck(files, broken), toFontCheck(names.length, fonts)];
  } finally {
    signal.removeEventListener('abort', close);
    await browser.close();
  }
}

async function withoutBrowser(error: Error, files: ShownFiles, fontFolder: string): Promise<Check[]> {
  const next = 'Presenting works in any browser; only pictures in recordings and PDFs need a Chromium.';
  const browser: Check = { name: 'browser', state: 'amber', what: error.message, next };
  return [browser, toPictureCheck(files, undefined), toFontCheck((await fontNames(fontFolder)).length, [])];
}

async function openPage(page: Page, { pictures }: ShownFiles, fontFolder: string): Promise<Page> {
  await page.route('**/*', async (route) => {
    const [, kind = '', name = ''] = new URL(route.request().url()).pathname.split('/');
    const picture = kind === 'picture' ? pictures[Number(name)] : undefined;
    if (picture !== undefined) return route.fulfill({ path: picture.file });
    if (kind === 'font') return route.fulfill({ path: join(fontFolder, name) });
    return route.fulfill({ contentType: 'text/html', body: '<!doctype html>' });
  });
  await page.goto(ORIGIN);
  return page;
}

/** As the deck names them. */
async function brokenPictures(page: Page, { pictures }: ShownFiles): Promise<string[]> {
  const isFine = await page.evaluate(async (count) => {
    const decode = async (_: unknown, i: number): Promise<boolean> => {
      const image = new Image();
      image.src = `/picture/${i}`;
      return image.decode().then(
        () => true,
        () => false,
      );
    };
    return Promise.all(Array.from({ length: count }, decode));
  }, pictures.length);
  return pictures.filter((_picture, i) => isFine[i] !== true).map(({ path }) => path);
}

async function fontNames(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith('.woff2'));
}

/** Those that could not be loaded. */
async function loadFonts(page: Page, names: readonly string[]): Promise<string[]> {
  return page.evaluate(async (all) => {
    const load = async (name: string): Promise<string[]> =>
      new FontFace('preflight', `url("/font/${name}")`).load().then(
        () => [],
        () => [name],
      );
    return (await Promise.all(all.map(load))).flat();
  }, names);
}

function toFontCheck(count: number, broken: readonly string[]): Check {
  const name = 'fonts';
  const next = 'Install Deckhand again: its bundle is not complete.';
  if (count === 0) return { name, state: 'red', what: 'none in the bundle', next };
  if (broken.length > 0) return { name, state: 'red', what: `can't be loaded: ${broken.join(', ')}`, next };
  return { name, state: 'green', what: `${count} files here, no network needed`, next: '' };
}
