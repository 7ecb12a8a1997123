import { describe, expect, test } from 'vitest';
import { compareRuns, isSlower } from '../../../src/demo/run/compare-runs.ts';
import type { RunEventBody, StepState } from '../../../src/demo/run/run-event.ts';
import { toRunView } from '../../../src/demo/run/fold-run-event.ts';

const run = (...bodies: RunEventBody[]) => toRunView(bodies.map((body, at) => ({ at, ...body })));
const step = (number: number, name: string, state: StepState): RunEventBody => ({
  type: 'step',
  service: 'web',
  step: number,
  of: 2,
  name,
  state,
});
const answer = (question: string, reply: string, status = 200): RunEventBody => ({
  type: 'answer',
  question,
  status,
  reply,
});
const exit = (status: number): RunEventBody => ({ type: 'exit', status });

describe('comparing two runs of a demo', () => {
  test('finds nothing when the second took its steps from the cache, in another order', () => {
    const first = run(step(1, 'FROM a', 'done'), step(2, 'RUN b', 'done'), answer('q', 'r'), exit(0));
    const second = run(step(2, 'RUN b', 'cached'), step(1, 'FROM a', 'cached'), answer('q', 'r'), exit(0));
    expect(compareRuns(first, second)).toEqual([]);
  });

  test('names steps that only one of them had', () => {
    const [first, second] = [run(step(1, 'FROM a', 'done')), run(step(1, 'FROM b', 'done'))];
    expect(compareRuns(first, second)).toEqual([
      'only the first run had web, step 1: FROM a',
      'only the second run had web, step 1: FROM b',
    ]);
  });

  test('names answers that changed, in text or in status, and those that did not come', () => {
    const first = run(answer('a', 'x'), answer('b', 'x'), answer('c', 'x'));
    expect(compareRuns(first, run(answer('a', 'y'), answer('b', 'x', 500)))).toEqual([
      '"a" got another answer the second time',
      '"b" got status 200, then 500',
      '"c" was answered in the first run only',
    ]);
  });

  test('names how each ended when that differs', () => {
    expect(compareRuns(run(exit(0)), run(exit(1)))).toEqual([
      'the first run ended with status 0, the second with 1',
    ]);
  });

  test('a second start counts as slower by half and by seconds, not by a hair', () => {
    const ready = (readyAt: number) => ({ ...run(), readyAt });
    expect(isSlower(ready(10_000), ready(20_000))).toBe(true);
    expect(isSlower(ready(500), ready(1500))).toBe(false);
    expect(isSlower(ready(60_000), ready(66_000))).toBe(false);
    expect(isSlower(run(), ready(66_000))).toBe(false);
  });
});
