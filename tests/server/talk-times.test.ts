import { expect, test } from 'vitest';
import { compileDeck } from '../../src/deck/compile.ts';
import { Stage } from '../../src/server/stage.ts';
import { TalkTimes } from '../../src/server/talk-times.ts';

function open() {
  let now = 0;
  const stage = new Stage(() => now);
  const { slides } = compileDeck('## One\n\n## Two\n\n## Three\n');
  const times = new TalkTimes(stage, () => slides);
  const go = (h: number) => stage.change({ type: 'move', position: { h, v: 0, f: -1 } });
  const wait = (ms: number) => (now += ms);
  const timer = (action: 'pause' | 'start' | 'reset' | 'undo') => stage.change({ type: 'timer', action });
  return { times, go, wait, timer };
}

test('each slide gets the time that the talk was on it, a second visit too', () => {
  const { times, go, wait } = open();
  go(0);
  wait(1000);
  go(1);
  wait(500);
  go(0);
  wait(200);
  expect(times.spent).toEqual({ one: 1200, two: 500 });
});

test('a break is no part of any slide', () => {
  const { times, go, wait, timer } = open();
  go(1);
  wait(1000);
  timer('pause');
  wait(60_000);
  timer('start');
  wait(10);
  expect(times.spent).toEqual({ two: 1010 });
});

test('a reset of the timer begins anew, and its undo brings back what was measured', () => {
  const { times, go, wait, timer } = open();
  go(0);
  wait(1000);
  go(1);
  wait(1000);
  timer('reset');
  wait(300);
  expect(times.spent).toEqual({ two: 300 });
  timer('undo');
  wait(100);
  expect(times.spent).toEqual({ one: 1000, two: 1400 });
});
