import { anyPanel } from './any-panel.ts';
import { describe, expect, test } from 'vitest';
import { changeStage, initialStage, timerElapsed } from '../../src/stage/stage-state.ts';
import { replayPosition } from '../../src/stage/replay-state.ts';
import type { StageChange } from '../../src/stage/stage-schema.ts';
import type { ServerChange, StageState, TimerAction } from '../../src/stage/stage-state.ts';

type TimedChange = [now: number, change: StageChange | ServerChange];

function after(...changes: TimedChange[]): StageState {
  return changes.reduce((state, [now, change]) => changeStage(state, change, now), initialStage());
}

const move = (h: number): StageChange => ({ type: 'move', position: { h, v: 0, f: -1 } });
const timer = (action: TimerAction): StageChange => ({ type: 'timer', action });

describe('the stage', () => {
  test('counts its versions and changes nothing in the state before', () => {
    const before = initialStage();
    const state = changeStage(before, move(3), 10);
    expect(state).toMatchObject({ version: 1, position: { h: 3, v: 0, f: -1 } });
    expect(before).toEqual(initialStage());
  });

  test('is black and in overview when it is told to', () => {
    const state = after([0, { type: 'pause', isPaused: true }], [0, { type: 'overview', isOverview: true }]);
    expect(state).toMatchObject({ isPaused: true, isOverview: true, version: 2 });
  });

  test('shows a run, a replay in its place, and nothing after a reset', () => {
    const run: TimedChange = [1, { type: 'run', demo: 'django', id: 'r1' }];
    expect(after(run).panels).toEqual({ django: { shows: 'live', run: { id: 'r1' } } });
    const replay: TimedChange = [7, { type: 'replay', demo: 'django' }];
    const recorded = { shows: 'recorded', replay: { from: 0, startedAt: 7, speed: 1 } };
    expect(after(run, replay).panels).toEqual({ django: recorded });
    expect(after(run, replay, [9, { type: 'clear', demo: 'django' }]).panels).toEqual({
      django: { shows: 'nothing' },
    });
  });

  test('opens a view without touching what plays, and leaves other demos alone', () => {
    const state = after(
      [1, { type: 'run', demo: 'django', id: 'r1' }],
      [2, { type: 'run', demo: 'libpostal', id: 'r2' }],
      [3, { type: 'view', demo: 'django', view: 'terminal' }],
    );
    expect(state.panels).toEqual({
      django: { shows: 'live', run: { id: 'r1' }, view: 'terminal' },
      libpostal: { shows: 'live', run: { id: 'r2' } },
    });
  });

  test('takes a demo with a strange name as a name', () => {
    const { panels } = after([0, { type: 'view', demo: '__proto__', view: 'app' }]);
    expect(Object.keys(panels)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(panels)).toBe(Object.prototype);
  });
});

describe('a replay on the stage', () => {
  const play: TimedChange = [1000, { type: 'replay', demo: 'django' }];
  const pause = (isPaused: boolean): StageChange => ({ type: 'replay-pause', demo: 'django', isPaused });
  const speed = (factor: number): StageChange => ({ type: 'replay-speed', demo: 'django', speed: factor });
  const seek = (to: number): StageChange => ({ type: 'replay-seek', demo: 'django', to });
  /** Where it is at 9000, by the server's clock. */
  const place = (...changes: TimedChange[]) => {
    const { replay } = anyPanel(after(play, ...changes).panels['django']);
    return replay === undefined ? undefined : replayPosition(replay, 9000);
  };

  test('is where the clock says', () => {
    expect(place()).toBe(8000);
  });

  test('stands still while it is paused, and goes on from there', () => {
    expect(place([3000, pause(true)])).toBe(2000);
    expect(place([3000, pause(true)], [7000, pause(false)])).toBe(4000);
    expect(place([3000, pause(true)], [4000, pause(true)], [7000, pause(false)])).toBe(4000);
    expect(place([3000, pause(false)])).toBe(8000);
  });

  test('does not jump when its speed changes', () => {
    expect(place([3000, speed(2)])).toBe(2000 + 6000 * 2);
    expect(place([3000, speed(16)], [4000, speed(0.5)])).toBe(2000 + 16_000 + 2500);
    expect(place([3000, pause(true)], [4000, speed(16)])).toBe(2000);
  });

  test('goes where it is told, playing on if it played', () => {
    expect(place([3000, seek(60_000)])).toBe(66_000);
    expect(place([3000, pause(true)], [4000, seek(60_000)])).toBe(60_000);
    expect(place([3000, seek(60_000)], [4000, seek(0)])).toBe(5000);
  });

  test('does not turn back when the clock was set back', () => {
    expect(replayPosition({ from: 500, startedAt: 9000, speed: 1 }, 8000)).toBe(500);
  });

  test('is nothing to change where nothing plays, and a run that goes on is left alone', () => {
    expect(after([1, pause(true)], [2, seek(5)]).panels).toEqual({});
    const run: TimedChange = [1, { type: 'run', demo: 'django', id: 'r1' }];
    expect(after(run, [2, pause(true)]).panels).toEqual({ django: { shows: 'live', run: { id: 'r1' } } });
  });
});

describe('the timer', () => {
  test('starts with the first move of the talk, and not again with the second', () => {
    const state = after([100, move(1)], [500, move(2)]);
    expect(timerElapsed(state.timer, 1100)).toBe(1000);
  });

  test('does not start again by a move when the speaker has paused it', () => {
    const state = after([0, timer('start')], [400, timer('pause')], [900, move(2)]);
    expect(timerElapsed(state.timer, 5000)).toBe(400);
  });

  test('counts on after a pause', () => {
    const state = after([0, timer('start')], [400, timer('pause')], [1000, timer('start')]);
    expect(timerElapsed(state.timer, 1250)).toBe(650);
  });

  test('goes on when it is started twice, and stands still when it is paused twice', () => {
    expect(timerElapsed(after([0, timer('start')], [300, timer('start')]).timer, 1000)).toBe(1000);
    const paused = after([0, timer('start')], [300, timer('pause')], [800, timer('pause')]);
    expect(timerElapsed(paused.timer, 1000)).toBe(300);
  });

  test('begins at zero after a reset, running if it ran', () => {
    expect(timerElapsed(after([0, timer('start')], [300, timer('reset')]).timer, 500)).toBe(200);
    const still = after([0, timer('start')], [300, timer('pause')], [400, timer('reset')]);
    expect(still.timer).toMatchObject({ startedAt: null, elapsed: 0 });
  });

  test('goes on after an undone reset as if nothing had happened', () => {
    const undone = after([0, timer('start')], [300, timer('reset')], [400, timer('undo')]);
    expect(timerElapsed(undone.timer, 1000)).toBe(1000);
    const tooLate = after(
      [0, timer('start')],
      [300, timer('reset')],
      [400, timer('pause')],
      [500, timer('undo')],
    );
    expect(timerElapsed(tooLate.timer, 1000)).toBe(100);
  });

  test('never shows less than nothing when a clock was set back', () => {
    expect(timerElapsed(after([1000, timer('start')]).timer, 0)).toBe(0);
  });
});

test('a break makes the screens black and says when it ends; lighting them ends it', () => {
  const on = changeStage(initialStage(), { type: 'break', minutes: 10 }, 1000);
  expect(on).toMatchObject({ isPaused: true, backAt: 601_000 });
  const off = changeStage(on, { type: 'pause', isPaused: false }, 2000);
  expect(off.isPaused).toBe(false);
  expect(off.backAt).toBeUndefined();
});
