import type { Page, Request } from 'playwright';
import type { Drawings } from '../stage/drawing.ts';
import { PLAIN_LAYOUT, sheetOf, toPrintQuery, type PrintLayout } from '../stage/print-layout.ts';
import type { PrintReport } from '../stage/print-report.ts';
import type { DeckPath } from '../talk/deck/deck-path.ts';
import { launchChromium } from '../chromium/chromium.ts';
import type { WatchedDeck } from '../talk/deck/watched-deck.ts';

/** How long a page may get no further: longer than it waits for a picture that never comes. */
const READY_MS = 120_000;
const POLL_MS = 20;

/** A deck's print page in the Chromium that is there. */
export interface Printer {
  deck: WatchedDeck;
  /**
   * Lays the deck out as it is now. Resolves when slides, pictures and fonts are on their sheets. `dots` is how many dots
   * of a picture a CSS pixel becomes; paper has none. The page lives until the next one is laid out.
   */
  layOut(layout: PrintLayout, dots?: number): Promise<LaidOut>;
  /** Calls back after every save of the deck. Returns the function that ends it. */
  onSave(listener: () => void): () => void;
  /** Fine to call again. */
  close(): Promise<void>;
}

export interface LaidOut {
  page: Page;
  report: PrintReport;
}

export async function openPrinter(
  path: DeckPath,
  version: string,
  drawings: Drawings = {},
): Promise<Printer> {
  // The browser takes longest to start: even what serves the deck is loaded beside it.
  const launching = launchChromium();
  const serving = import('./print-server.ts').then((file) => file.openPrintServer(path, version, drawings));
  const [launched, served] = await Promise.allSettled([launching, serving]);
  if (launched.status === 'rejected' || served.status === 'rejected') {
    if (launched.status === 'fulfilled') await launched.value.close();
    if (served.status === 'fulfilled') await served.value.close();
    throw [served, launched].find((one) => one.status === 'rejected')?.reason;
  }
  const browser = launched.value;
  const { link, deck, stage, close } = served.value;
  let last: Page | undefined;
  let closing: Promise<void> | undefined;
  const closeAll = async () => {
    deck.close();
    await browser.close();
    await close();
  };
  return {
    deck,
    layOut: async (layout, dots = 1) => {
      await last?.close();
      const page = await browser.newPage({ viewport: sheetOf(layout), deviceScaleFactor: dots });
      last = page;
      return { page, report: await layOut(page, `${link}${toPrintQuery(layout)}`) };
    },
    onSave: (listener) => {
      deck.watch(stage);
      return stage.listen((message) => message.event === 'deck' && listener());
    },
    close: () => (closing ??= closeAll()),
  };
}

/** Opens the deck's print page, a sheet a slide, for as long as `use` takes. */
export async function withPrintPage<T>(
  path: DeckPath,
  version: string,
  use: (opened: LaidOut & { deck: WatchedDeck['deck'] }) => Promise<T>,
): Promise<T> {
  const printer = await openPrinter(path, version);
  try {
    const laidOut = await printer.layOut(PLAIN_LAYOUT);
    return await use({ ...laidOut, deck: printer.deck.deck });
  } finally {
    await printer.close();
  }
}

/** A container's network that comes or goes makes Chromium drop what it is loading, from this machine too. */
const NETWORK_CHANGED = 'net::ERR_NETWORK_CHANGED';
const TRIES = 10;
/** Several interfaces come and go together. */
const SETTLE_MS = 500;

async function layOut(page: Page, address: string): Promise<PrintReport> {
  for (let attempt = 1; ; attempt += 1) {
    const { isDisturbed, disturbed, stop } = watchNetwork(page);
    const isLast = attempt === TRIES;
    // What has lost a part of itself may never be ready: it is laid out again at once, not waited for.
    const laidOut = layOutOnce(page, address, isLast ? [] : [disturbed]);
    const report = await laidOut.catch((error: unknown) => {
      if (!isDisturbed() || isLast) throw error;
    });
    stop();
    if (report !== undefined && (!isDisturbed() || isLast)) return report;
  }
}

/** `disturbed` rejects a moment after the network took a request away. */
function watchNetwork(page: Page): {
  isDisturbed(): boolean;
  disturbed: Promise<never>;
  stop(): void;
} {
  let isDisturbed = false;
  let timer: NodeJS.Timeout | undefined;
  let reject: (error: Error) => void = () => {};
  const disturbed = new Promise<never>((_resolve, rejectIt) => (reject = rejectIt));
  disturbed.catch(() => undefined);
  const hear = (request: Request) => {
    if (request.failure()?.errorText !== NETWORK_CHANGED) return;
    isDisturbed = true;
    timer ??= setTimeout(() => reject(new Error(NETWORK_CHANGED)), SETTLE_MS);
  };
  page.on('requestfailed', hear);
  const stop = () => {
    clearTimeout(timer);
    page.off('requestfailed', hear);
  };
  return { isDisturbed: () => isDisturbed, disturbed, stop };
}

/** The report of a page that is ready, or how far it got since `seen`. */
function readReport(seen: string): { report?: string; progress?: string } | undefined {
  const { printReady: report, printProgress: progress = '' } = document.documentElement.dataset;
  if (report !== undefined) return { report };
  return progress === seen ? undefined : { progress };
}

async function waitForReport(page: Page): Promise<PrintReport> {
  // Not at every frame: nothing has to be painted before it is printed.
  const options = { polling: POLL_MS, timeout: READY_MS };
  for (let seen = ''; ;) {
    const found = await page.waitForFunction(readReport, seen, options);
    const { report, progress = '' } = (await found.jsonValue()) ?? {};
    if (report !== undefined) return JSON.parse(report) as PrintReport;
    seen = progress;
  }
}

async function layOutOnce(
  page: Page,
  address: string,
  ends: readonly Promise<never>[],
): Promise<PrintReport> {
  const failed = new Promise<never>((_resolve, reject) => page.once('pageerror', reject));
  // Handled by the race; it may also come after it.
  failed.catch(() => undefined);
  const laidOut = async () => {
    // Not `load`: it waits for pictures that never come.
    await page.goto(address, { waitUntil: 'commit' });
    return waitForReport(page);
  };
  const report = laidOut();
  // One that is given up fails when the next begins.
  report.catch(() => undefined);
  return Promise.race([report, failed, ...ends]);
}
