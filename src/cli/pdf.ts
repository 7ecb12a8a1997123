import { rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { access, constants } from 'node:fs/promises';
import { UserError } from '../demo/user-error.ts';
import { findDeck } from './deck-path.ts';
import { DemoCatalog } from './demo-catalog.ts';
import { CHROMIUM_ARGUMENTS, findChromium } from './find-chromium.ts';
import { openServer } from './open-server.ts';
import { WatchedDeck } from './watched-deck.ts';

export interface PdfOptions {
  deck: string;
  output: string;
  version: string;
}

/** The slide's size as reveal.js prints it. */
const PAGE = { width: '1280px', height: '720px' };
const READY_MS = 60_000;

/** Writes the deck as a PDF, a page a slide. A file that is there already is replaced only by a whole one. */
export async function runPdf({ deck: given, output, version }: PdfOptions): Promise<void> {
  const cwd = process.cwd();
  const path = await findDeck(given, cwd);
  const file = resolve(cwd, output);
  await checkFolder(dirname(file), output);
  const chromium = await findChromium();
  const catalog = await DemoCatalog.open(path.folders, cwd);
  const deck = await WatchedDeck.open(path, () => catalog.views);
  const startRun = () => Promise.reject(new Error('Nothing runs on paper'));
  const summaries = () => catalog.summaries(undefined);
  const server = await openServer({ path, deck, catalog, version, port: 0, summaries, startRun });
  try {
    const broken = await print(chromium, server.url, `${file}.partial`);
    await rename(`${file}.partial`, file);
    process.stdout.write(`${output}: ${deck.deck.slides.length} slides\n`);
    if (broken.length === 0) return;
    const hint = 'Check the path in the deck; the rest of the PDF is complete.';
    throw new UserError('broken-picture', `Could not be loaded: ${broken.join(', ')}`, hint);
  } finally {
    await rm(`${file}.partial`, { force: true });
    await server.close();
  }
}

async function checkFolder(folder: string, output: string): Promise<void> {
  await access(folder, constants.W_OK).catch((cause: unknown) => {
    throw new UserError(
      'no-output',
      `${output} can't be written.`,
      'Name a folder that exists and is yours.',
      { cause },
    );
  });
}

/** Prints the page; returns the pictures that could not be loaded. */
async function print(executablePath: string, url: string, file: string): Promise<string[]> {
  const { chromium } = await import('playwright');
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGUMENTS });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    await page.goto(`${url}?view=print`);
    await page.waitForSelector('html[data-print-ready]', { state: 'attached', timeout: READY_MS });
    const broken = await page.evaluate(() => document.documentElement.dataset['brokenPictures'] ?? '[]');
    await page.pdf({
      ...PAGE,
      path: file,
      printBackground: true,
      preferCSSPageSize: true,
      tagged: true,
      outline: true,
    });
    return JSON.parse(broken) as string[];
  } finally {
    await browser.close();
  }
}
