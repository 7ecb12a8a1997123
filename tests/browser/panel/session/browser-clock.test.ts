import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import { browserClock } from '../../../../src/browser/panel/session/browser-clock.ts';

const clock = browserClock(() => 0);
const LONG_MS = 1_000_000;

describe('waiting for the next event of a replay', () => {
  test('ends at once when the replay is stopped', async () => {
    const stop = new AbortController();
    const waiting = clock.wait(LONG_MS, stop.signal);
    stop.abort();
    await waiting;
  });

  test('does not begin when the replay was stopped before', async () => {
    await clock.wait(LONG_MS, AbortSignal.abort());
  });

  test('leaves nothing behind on the signal, however many events there are', async () => {
    const { signal } = new AbortController();
    for (let event = 0; event < 20; event += 1) await clock.wait(0, signal);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});
