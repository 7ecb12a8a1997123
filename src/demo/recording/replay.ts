import type { RunSource } from '../run/run-event.ts';
import { countAt, type Timeline } from './timeline.ts';

/** Time as the replay sees it: a wall clock in a browser, any clock in a test. */
export interface Clock {
  /** Milliseconds; only differences count. */
  now(): number;
  /** Resolves after `ms`, or at once when the signal aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

export interface ReplayOptions {
  clock: Clock;
  /** The place on the time line, in ms, at which it was at `startedAt`. */
  from: number;
  /** By the clock; may lie in the past, for a screen that joined late. Null: it stands still. */
  startedAt: number | null;
  /** 1 is the recorded pace. */
  speed: number;
}

/**
 * Plays recorded events as a live run plays its own. Each event's time is counted from the start, never from the event
 * before, so waiting a little too long once does not add up; and it waits for time, not for events: what is due comes at once.
 */
export function toReplaySource(
  timeline: Pick<Timeline, 'events' | 'times'>,
  options: ReplayOptions,
): RunSource {
  const { events, times } = timeline;
  const { clock, from: place, startedAt, speed } = options;
  const last = startedAt === null ? countAt(timeline, place) : events.length;
  return {
    async *events(from, signal) {
      for (let index = from; index < last; index += 1) {
        const ahead = (startedAt ?? -Infinity) + ((times[index] ?? 0) - place) / speed - clock.now();
        if (ahead > 0) await clock.wait(ahead, signal);
        const event = events[index];
        if (signal.aborted || event === undefined) return;
        yield event;
      }
    },
  };
}
