import { constants } from 'node:os';
import { UserError } from '../../demo/user-error.ts';
import type { Printer } from '../../print/print-page.ts';

/** Prints now and after every save, until Ctrl+C. What is wrong with a save is told; the next one gets its turn. */
export async function watchAndPrint(
  printer: Printer,
  deck: string,
  print: () => Promise<void>,
): Promise<void> {
  let isPrinting = false;
  let isStale = true;
  const printNewest = async () => {
    if (isPrinting) return;
    isPrinting = true;
    while (isStale) {
      isStale = false;
      await print().catch(tell);
    }
    isPrinting = false;
    process.stdout.write(`Waiting for ${deck} to be saved. Ctrl+C ends it.\n`);
  };
  const stop = printer.onSave(() => {
    isStale = true;
    void printNewest();
  });
  await printNewest();
  const ended = await new Promise<NodeJS.Signals>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  // As shells have it: 128 and the signal's number.
  process.exitCode = 128 + constants.signals[ended];
  stop();
}

function tell(error: unknown): void {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`deckhand: ${error.message}\n  ${error.hint}\n`);
}
