import { UserError } from '../../demo/user-error.ts';
import type { Check } from '../../stage/preflight.ts';

/** The whole board is there in under 10 s, whatever hangs. */
const TIME_LIMIT_MS = 7000;

/** Looks at something; what fails or takes too long becomes a check of its own. Never rejects. */
export async function inTime(
  name: string,
  look: (signal: AbortSignal) => Promise<Check | Check[]> | Check | Check[],
  ms = TIME_LIMIT_MS,
): Promise<Check[]> {
  const signal = AbortSignal.timeout(ms);
  const late = new Promise<Check>((resolve) => {
    signal.addEventListener('abort', () => resolve(tookTooLong(name, ms)), { once: true });
  });
  try {
    return [await Promise.race([look(signal), late])].flat();
  } catch (error) {
    return [signal.aborted ? tookTooLong(name, ms) : toCheck(name, error)];
  }
}

function tookTooLong(name: string, ms: number): Check {
  const what = `could not be checked within ${ms / 1000} s`;
  return { name, state: 'amber', what, next: 'Look again; if it stays so, something there hangs.' };
}

function toCheck(name: string, error: unknown): Check {
  if (error instanceof UserError) return { name, state: 'red', what: error.message, next: error.hint };
  const what = `could not be checked: ${error instanceof Error ? error.message : String(error)}`;
  return { name, state: 'amber', what, next: 'Look again.' };
}
