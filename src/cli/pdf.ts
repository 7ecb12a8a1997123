import type { PrintLayout } from '../stage/print-layout.ts';
import { findDeck } from '../talk/deck/deck-path.ts';
import { readDrawings } from '../talk/kept/kept-drawings.ts';
import { openPrinter, type Printer } from '../print/print-page.ts';
import { checkNotEmpty, tellOverflows, toIncompleteName, toPrintProblem } from './text/print-problems.ts';
import { since, showProgress, toFileSize, type Progress } from './text/print-progress.ts';
import { watchAndPrint } from './text/watch-and-print.ts';
import { claimFile, writeWhole } from '../files/whole-file.ts';

export interface PdfOptions {
  deck: string | undefined;
  output: string;
  layout: PrintLayout;
  watch?: boolean;
  /** With what was drawn on the slides when the talk was given last. */
  drawings?: boolean;
  version: string;
}

/**
 * Writes the deck as a PDF. A file that is there already is replaced only by a whole one: when a picture or a slide can't
 * be drawn, the rest goes to `NAME.incomplete.pdf`, and this throws a `UserError` that names the slides.
 */
export async function runPdf(options: PdfOptions): Promise<void> {
  const { deck: given, output, layout, watch, version } = options;
  const began = performance.now();
  const path = await findDeck(given, process.cwd());
  const file = await claimFile(output);
  const drawings = options.drawings === true ? await readDrawings(path) : {};
  const progress = showProgress();
  progress.say(`Reading ${path.shown}`);
  const printer = await openPrinter(path, version, drawings).finally(() => progress.end());
  const isOnce = watch !== true;
  const print = (from: number) =>
    printTo({ printer, layout, version, progress, file, shown: output, began: from, isOnce });
  try {
    if (isOnce) await print(began);
    else await watchAndPrint(printer, path.shown, () => print(performance.now()));
  } finally {
    progress.end();
    await printer.close();
  }
}

interface Printing {
  printer: Printer;
  layout: PrintLayout;
  version: string;
  progress: Progress;
  file: string;
  /** The file as its user named it. */
  shown: string;
  began: number;
  /** Nothing is printed after this. */
  isOnce: boolean;
}

async function printTo(printing: Printing): Promise<void> {
  const { printer, layout, version, progress, file, shown, began, isOnce } = printing;
  const { slides } = printer.deck.deck;
  progress.say(`Laying out ${slides.length} slides`);
  const { page, report } = await printer.layOut(layout);
  checkNotEmpty(report, slides.length);
  progress.say(`Printing ${report.pages} pages`);
  const [printed, { finishPdf }] = await Promise.all([
    page.pdf({ printBackground: true, preferCSSPageSize: true, tagged: true }),
    import('../print/finish-pdf.ts'),
  ]);
  // The browser takes its time to end: it can do so beside the rest. Whether it did is seen by whoever closes it again.
  if (isOnce) printer.close().catch(() => undefined);
  const bytes = await finishPdf(printed, printer.deck.deck, report.slides, version);
  const isWhole = report.problems.length === 0;
  const written = isWhole ? shown : toIncompleteName(shown);
  await writeWhole(isWhole ? file : toIncompleteName(file), bytes, written);
  progress.end();
  process.stdout.write(
    `${written}: ${report.slides.length} slides on ${report.pages} pages, ${toFileSize(bytes.length)}, ${since(began)}\n`,
  );
  tellOverflows(report);
  if (!isWhole) throw toPrintProblem(report, written);
}
