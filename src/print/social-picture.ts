import { PLAIN_LAYOUT } from '../stage/print-layout.ts';
import type { PrintReport } from '../stage/print-report.ts';
import type { Printer } from './print-page.ts';

/** The first slide as those who link to a deck show it: 1200 by 630 dots, PNG. */
export async function takeSocialPicture(
  printer: Printer,
): Promise<{ bytes: Uint8Array; report: PrintReport }> {
  const range = [{ from: 1, to: 1 }];
  const { page, report } = await printer.layOut({ ...PLAIN_LAYOUT, size: 'social', range });
  return { bytes: await page.screenshot(), report };
}
