import { statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { UserError } from '../../demo/user-error.ts';

/** How Playwright's errors begin: with what was asked of the browser. */
const FROM_BROWSER =
  /^(?:page|frame|browser|browserType|browserContext|locator|elementHandle|jsHandle|cdpSession)\.\w+: /;
/** Less than this is full for a browser. */
const LEAST_BYTES = 5_000_000;

/** What to tell of a browser that was killed, crashed or could not go on; undefined for any other error. */
export function toBrowserProblem(error: unknown): UserError | undefined {
  if (!(error instanceof Error) || !FROM_BROWSER.test(error.message)) return undefined;
  const [first = ''] = error.message.replace(FROM_BROWSER, '').split('\n');
  const isFull = isTemporaryFolderFull();
  const what = isFull
    ? `The browser could not go on: the temporary folder ${tmpdir()} is full.`
    : `The browser that draws the slides ended or failed: ${first}`;
  const hint = isFull
    ? 'Make room there, or name another one: TMPDIR=/path deckhand …'
    : 'Try again. If it was ended for lack of memory, close other programs. Nothing that was there before was replaced.';
  return new UserError('browser-failed', what, hint, { cause: error });
}

function isTemporaryFolderFull(): boolean {
  try {
    const { bavail, bsize } = statfsSync(tmpdir());
    return bavail * bsize < LEAST_BYTES;
  } catch {
    return false;
  }
}
