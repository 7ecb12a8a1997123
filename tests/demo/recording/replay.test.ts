import { describe, expect, test } from 'vitest';
import { toReplaySource, type Clock } from '../../../src/demo/recording/replay.ts';
import type { RunEvent } from '../../../src/demo/run/run-event.ts';

/** A clock that stands still until somebody waits; every wait is late by `lateBy`. */
class FakeClock implements Clock {
  time: number;
  waits: number[] = [];
  onWait: () => void = () => {};
  #lateBy: number;

  constructor(time = 0, lateBy = 0) {
    this.time = time;
    this.#lateBy = lateBy;
  }

  now(): number {
    return this.time;
  }

  async wait(ms: number): Promise<void> {
    this.waits.push(ms);
    this.onWait();
    this.time += ms + this.#lateBy;
  }
}

const EVENTS = [0, 100, 100, 250, 1000].map((at, i): RunEvent => ({
  at,
  type: 'layer',
  service: 'web',
  step: 1,
  bytes: i,
}));
const TIMELINE = { events: EVENTS, times: Float64Array.from(EVENTS, ({ at }) => at) };
const never = new AbortController().signal;

/** Which event came when, by the clock. */
interface PlayOptions {
  speed?: number;
  startedAt?: number | null;
  /** The place on the time line at `startedAt`. */
  place?: number;
  from?: number;
}

async function play(clock: FakeClock, options: PlayOptions = {}) {
  const { speed = 1, startedAt = 0, place = 0, from = 0 } = options;
  const seen: [number, number][] = [];
  for await (const event of toReplaySource(TIMELINE, { clock, from: place, startedAt, speed }).events(
    from,
    never,
  )) {
    seen.push([event.type === 'layer' ? event.bytes : -1, clock.time]);
  }
  return seen;
}

describe('a replay', () => {
  test('gives every event in its order, at its time', async () => {
    expect(await play(new FakeClock())).toEqual([
      [0, 0],
      [1, 100],
      [2, 100],
      [3, 250],
      [4, 1000],
    ]);
  });

  test('does not add up waits that took too long', async () => {
    expect(await play(new FakeClock(0, 30))).toEqual([
      [0, 0],
      [1, 130],
      [2, 130],
      [3, 280],
      [4, 1030],
    ]);
  });

  test('runs faster and slower', async () => {
    expect((await play(new FakeClock(), { speed: 2 })).map(([, at]) => at)).toEqual([0, 50, 50, 125, 500]);
    expect((await play(new FakeClock(), { speed: 0.5 })).at(-1)).toEqual([4, 2000]);
  });

  test('gives a screen that joined late at once what it missed, and the rest in step with the others', async () => {
    const clock = new FakeClock(5200);
    expect(await play(clock, { startedAt: 5000 })).toEqual([
      [0, 5200],
      [1, 5200],
      [2, 5200],
      [3, 5250],
      [4, 6000],
    ]);
    expect(clock.waits).toEqual([50, 750]);
  });

  test('resumes from an event on, without moving its time', async () => {
    expect(await play(new FakeClock(), { from: 3 })).toEqual([
      [3, 250],
      [4, 1000],
    ]);
  });

  test('goes on from its place at another speed, without moving what came before', async () => {
    // At 100 ms of the time line since 5000, and twice as fast from then on.
    expect(await play(new FakeClock(5000), { startedAt: 5000, place: 100, speed: 2 })).toEqual([
      [0, 5000],
      [1, 5000],
      [2, 5000],
      [3, 5075],
      [4, 5450],
    ]);
  });

  test('shows what has come and waits for nothing while it is paused', async () => {
    const clock = new FakeClock(5000);
    expect((await play(clock, { startedAt: null, place: 250 })).map(([which]) => which)).toEqual([
      0, 1, 2, 3,
    ]);
    expect(clock.waits).toEqual([]);
  });

  test('plays nothing more once it was aborted, not even the event that it waited for', async () => {
    const clock = new FakeClock();
    const stop = new AbortController();
    clock.onWait = () => clock.waits.length === 2 && stop.abort();
    const seen: number[] = [];
    for await (const event of toReplaySource(TIMELINE, { clock, from: 0, startedAt: 0, speed: 1 }).events(
      0,
      stop.signal,
    )) {
      seen.push(event.at);
    }
    expect(seen).toEqual([0, 100, 100]);
  });
});
