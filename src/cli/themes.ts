import { join } from 'node:path';
import { THEMES } from '../deck/themes.ts';
import { claimFolder, writeWhole } from '../files/whole-file.ts';
import { openPrinter } from '../print/print-page.ts';
import { takeContactSheet } from '../print/slide-pictures.ts';
import { findDeck } from '../talk/deck/deck-path.ts';
import { checkNotEmpty } from './text/print-problems.ts';
import { since, showProgress } from './text/print-progress.ts';

export interface ThemesFlags {
  deck: string | undefined;
  /** A folder. */
  output: string;
  version: string;
}

/** Writes a picture of the whole deck in each theme, named after the theme. */
export async function runThemes({ deck, output, version }: ThemesFlags): Promise<void> {
  const began = performance.now();
  const path = await findDeck(deck, process.cwd());
  const folder = await claimFolder(output);
  const progress = showProgress();
  progress.say(`Reading ${path.shown}`);
  const printer = await openPrinter(path, version).finally(() => progress.end());
  const names = Object.keys(THEMES).filter((name) => name !== 'auto');
  try {
    const asWritten = printer.deck.deck;
    for (const theme of names) {
      progress.say(`Theme ${theme}`);
      // What the printer lays out is the deck as it is now.
      printer.deck.deck = { ...asWritten, look: { ...asWritten.look, theme } };
      const { bytes, report } = await takeContactSheet(printer);
      checkNotEmpty(report, asWritten.slides.length);
      await writeWhole(join(folder, `${theme}.png`), bytes);
    }
  } finally {
    progress.end();
    await printer.close();
  }
  process.stdout.write(`${output}: ${names.length} themes, ${since(began)}\n`);
  process.stdout.write(`  ${names.join(', ')}\n  Choose one in the deck's YAML block: theme: ${names[1]}\n`);
}
