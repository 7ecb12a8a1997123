import type { Page } from 'playwright';
import { PLAIN_LAYOUT } from '../stage/print-layout.ts';
import type { PrintReport } from '../stage/print-report.ts';
import type { Printer } from './print-page.ts';

export type PictureKind = { type: 'png' } | { type: 'jpeg'; quality: number };

/** A picture of every sheet of a page, in order; only one of them is shown at a time. */
export async function* takeSlidePictures(page: Page, kind: PictureKind): AsyncGenerator<Buffer> {
  const count = await page.locator('.sheet').count();
  await page.addStyleTag({ content: '.sheet:not(.is-taken) { display: none; }' });
  for (let i = 0; i < count; i += 1) {
    await page.evaluate((taken) => {
      for (const [at, sheet] of document.querySelectorAll('.sheet').entries()) {
        sheet.classList.toggle('is-taken', at === taken);
      }
    }, i);
    yield await page.screenshot({ ...kind, animations: 'disabled' });
  }
}

/** One picture of all slides. */
export async function takeContactSheet(printer: Printer): Promise<{ bytes: Buffer; report: PrintReport }> {
  const { page, report } = await printer.layOut({ ...PLAIN_LAYOUT, contactSheet: true });
  return { bytes: await page.locator('.contact-sheet').screenshot(), report };
}
