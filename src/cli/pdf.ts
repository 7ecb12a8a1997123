import { access, constants, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Page } from 'playwright';
import { UserError } from '../demo/user-error.ts';
import { findDeck } from './deck-path.ts';
import { withPrintPage } from './print-page.ts';

export interface PdfOptions {
  deck: string;
  output: string;
  version: string;
}

/** Writes the deck as a PDF, a page a slide. A file that is there already is replaced only by a whole one. */
export async function runPdf({ deck: given, output, version }: PdfOptions): Promise<void> {
  const path = await findDeck(given, process.cwd());
  const file = resolve(output);
  const partial = `${file}.partial`;
  await checkFolder(dirname(file), output);
  try {
    const { slides, broken } = await withPrintPage(path, version, async ({ page, deck }) => {
      await print(page, partial);
      return { slides: deck.slides.length, broken: await brokenPictures(page) };
    });
    await rename(partial, file);
    process.stdout.write(`${output}: ${slides} slides\n`);
    if (broken.length > 0) throw toProblem(broken);
  } finally {
    await rm(partial, { force: true });
  }
}

async function checkFolder(folder: string, output: string): Promise<void> {
  await access(folder, constants.W_OK).catch((cause: unknown) => {
    const hint = 'Name a folder that exists and is yours.';
    throw new UserError('no-output', `${output} can't be written.`, hint, { cause });
  });
}

async function print(page: Page, path: string): Promise<void> {
  await page.pdf({ path, printBackground: true, preferCSSPageSize: true, tagged: true, outline: true });
}

/** What the page could not load, as `browser/print.ts` noted it. */
async function brokenPictures(page: Page): Promise<string[]> {
  const noted = await page.evaluate(() => document.documentElement.dataset['brokenPictures'] ?? '[]');
  return JSON.parse(noted) as string[];
}

function toProblem(broken: string[]): UserError {
  const hint = 'Check the path in the deck; the rest of the PDF is complete.';
  return new UserError('broken-picture', `Could not be loaded: ${broken.join(', ')}`, hint);
}
