import type { RunEvent, RunSource } from './run-event.ts';

/** Time as the replay sees it: a wall clock in a browser, any clock in a test. */
export interface Clock {
  /** Milliseconds; only differences count. */
  now(): number;
  /** Resolves after `ms`, or at once when the signal aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

export interface ReplayOptions {
  clock: Clock;
  /** When the replay began, in the clock's time; may lie in the past, for a screen that joined late. */
  startedAt: number;
  /** 1 is the recorded pace. */
  speed: number;
}

/**
 * Plays recorded events as a live run plays its own. Each event's time is counted from the start, never from the event
 * before, so waiting a little too long once does not add up.
 */
export function toReplaySource(events: readonly RunEvent[], options: ReplayOptions): RunSource {
  const { clock, startedAt, speed } = options;
  return {
    async *events(from, signal) {
      for (const event of events.slice(from)) {
        const due = startedAt + event.at / speed;
        const ahead = due - clock.now();
        if (ahead > 0) await clock.wait(ahead, signal);
        if (signal.aborted) return;
        yield event;
      }
    },
  };
}
