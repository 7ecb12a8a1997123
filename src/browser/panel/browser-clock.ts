import type { Clock } from '../../demo/replay.ts';

/** A clock over `now` (ms), waiting with the browser's timers. */
export function browserClock(now: () => number): Clock {
  return {
    now,
    wait: (ms, signal) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, ms);
        signal.addEventListener('abort', () => {
          clearTimeout(timer);
          resolve();
        });
      }),
  };
}
