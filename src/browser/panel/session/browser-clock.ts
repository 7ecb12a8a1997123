import type { Clock } from '../../../demo/recording/replay.ts';

/** A clock over `now` (ms), waiting with the browser's timers. */
export function browserClock(now: () => number): Clock {
  return {
    now,
    wait: (ms, signal) =>
      new Promise((resolve) => {
        const end = () => {
          clearTimeout(timer);
          // One signal lasts a whole replay: ten thousand waits must not leave ten thousand listeners on it.
          signal.removeEventListener('abort', end);
          resolve();
        };
        const timer = setTimeout(end, ms);
        signal.addEventListener('abort', end);
        if (signal.aborted) end();
      }),
  };
}
