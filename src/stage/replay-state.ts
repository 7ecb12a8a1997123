/** A recording being played, as all screens share it. Pure: `now` is the server's clock in ms. */
import type { ReplayChange } from './stage-schema.ts';

/**
 * The place is `from + (now - startedAt) * speed`, in ms on the recording's time line, whose long silences are shortened.
 * It may lie behind the recording's end: who knows the recording stops there.
 */
export interface ReplayState {
  from: number;
  /** Null while it is paused. */
  startedAt: number | null;
  speed: number;
}

/** By what name the stage knows a panel that plays a file of the deck instead of a demo's recording. */
export function castKey(file: string): string {
  return `cast:${file}`;
}

/** Where the replay is at `now`, in ms on the recording's time line. A clock that was set back does not turn it back. */
export function replayPosition({ from, startedAt, speed }: ReplayState, now: number): number {
  return from + (startedAt === null ? 0 : Math.max(0, now - startedAt) * speed);
}

/** The replay after a change, anchored anew, so that every screen is at the same place; undefined when nothing plays. */
export function changeReplay(
  before: ReplayState | undefined,
  change: ReplayChange,
  now: number,
): ReplayState | undefined {
  const mayBegin = before === undefined && change.type === 'replay-pause' && change.orPlay === true;
  if (mayBegin) return { from: 0, startedAt: now, speed: 1 };
  if (change.type === 'replay') return { from: 0, startedAt: now, speed: change.speed ?? 1 };
  if (before === undefined || change.type === 'replay-stop') return undefined;
  const anchored = {
    ...before,
    from: replayPosition(before, now),
    startedAt: before.startedAt === null ? null : now,
  };
  switch (change.type) {
    case 'replay-pause':
      return { ...anchored, startedAt: change.isPaused ? null : now };
    case 'replay-speed':
      return { ...anchored, speed: change.speed };
    case 'replay-seek':
      return { ...anchored, from: change.to };
  }
}
