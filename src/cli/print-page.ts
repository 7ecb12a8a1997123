import type { Page } from 'playwright';
import type { DeckPath } from './deck-path.ts';
import { DemoCatalog } from './demo-catalog.ts';
import { CHROMIUM_ARGUMENTS, findChromium } from './find-chromium.ts';
import { openServer } from './open-server.ts';
import { WatchedDeck } from './watched-deck.ts';

const READY_MS = 60_000;

export interface PrintPage {
  /** The deck in reveal's print view, all slides laid out, pictures and fonts loaded. */
  page: Page;
  deck: WatchedDeck['deck'];
}

/** Opens the deck's print view in the Chromium that is there, for as long as `use` takes. */
export async function withPrintPage<T>(
  path: DeckPath,
  version: string,
  use: (opened: PrintPage) => Promise<T>,
): Promise<T> {
  const executablePath = await findChromium();
  const catalog = await DemoCatalog.open(path.folders, process.cwd());
  const deck = await WatchedDeck.open(path, () => catalog.views);
  const startRun = () => Promise.reject(new Error('Nothing runs on paper'));
  const summaries = () => catalog.summaries(undefined);
  const server = await openServer({ path, deck, catalog, version, port: 0, summaries, startRun });
  const { chromium } = await import('playwright');
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGUMENTS });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    await page.goto(`${server.url}?view=print`);
    await page.waitForSelector('html[data-print-ready]', { state: 'attached', timeout: READY_MS });
    return await use({ page, deck: deck.deck });
  } finally {
    await browser.close();
    await server.close();
  }
}
