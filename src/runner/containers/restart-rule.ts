import type { Service } from '../../demo/service.ts';
import type { ContainerState } from '../../engine/container-spec.ts';

/** Before a container is started again; twice as long after each time, as Docker does it. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

/** Ms to wait, after so many starts in a row that came to nothing. */
export function pauseBefore(inARow: number): number {
  return Math.min(FIRST_PAUSE_MS * 2 ** inARow, LONGEST_PAUSE_MS);
}

/** Compose's `restart`. One that was killed for want of memory ended badly, too. */
export function isStartedAgain({ restart }: Service, state: ContainerState, restarts: number): boolean {
  if (restart === undefined || restarts >= (restart.most ?? Infinity)) return false;
  return restart.when === 'always' || state.exitCode !== 0 || state.oomKilled;
}
