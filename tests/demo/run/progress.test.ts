import { describe, expect, test } from 'vitest';
import { toProgress } from '../../../src/demo/run/progress.ts';
import { toPace as toPaceOf } from '../../../src/demo/recording/recorded-pace.ts';
import { matchingPosition } from '../../../src/demo/recording/recorded-place.ts';
import type { RunEvent, StepState } from '../../../src/demo/run/run-event.ts';
import { toRunView } from '../../../src/demo/run/fold-run-event.ts';

/** On a time line without silences. */
const toPace = (events: RunEvent[]) => toPaceOf({ events, times: Float64Array.from(events, ({ at }) => at) });

const DOCKERFILE = 'FROM python\nRUN pip install django\nCMD ["x"]\n';
const NAMES = ['FROM python', 'RUN pip install django', 'CMD ["x"]'];

function source(service = 'web', text = DOCKERFILE): RunEvent {
  return { at: 0, type: 'source', service, file: 'Dockerfile', text };
}

function step(at: number, number: number, state: StepState, ms?: number, service = 'web'): RunEvent {
  const name = NAMES[number - 1] ?? '';
  const event: RunEvent = { at, type: 'step', service, step: number, of: 3, name, state };
  return ms === undefined ? event : { ...event, ms };
}

function phase(at: number, name: 'queued' | 'pulling' | 'building' | 'starting' | 'ready'): RunEvent {
  return { at, type: 'phase', phase: name };
}

/** Pulled for one second, installed for ten, ready after fourteen. */
const RECORDED: RunEvent[] = [
  phase(0, 'queued'),
  source(),
  phase(100, 'building'),
  step(100, 1, 'running'),
  step(1100, 1, 'done', 1000),
  step(1100, 2, 'running'),
  step(11_100, 2, 'done', 10_000),
  step(11_100, 3, 'done', 0),
  phase(12_000, 'starting'),
  phase(14_000, 'ready'),
  { at: 20_000, type: 'exit', status: 0 },
];
const PACE = toPace(RECORDED);
const BEGUN = [phase(0, 'queued'), source(), phase(200, 'building')];
const FAILED: RunEvent[] = [
  { at: 90_000, type: 'error', code: 'build-failed', message: 'It broke', hint: 'Mend it' },
  { at: 90_000, type: 'phase', phase: 'failed' },
];

describe('a live run beside the recorded one', () => {
  test('is behind by what it came later to the same step', () => {
    const view = toRunView([
      ...BEGUN,
      step(200, 1, 'running'),
      step(5000, 1, 'done', 4800),
      step(5000, 2, 'running'),
    ]);
    expect(toProgress(view, PACE, 7000)).toMatchObject({ step: 2, of: 3, behindMs: 3900, leftMs: 10_900 });
  });

  test('is not behind for as long as a step takes no longer than it did; then more and more, and nobody knows how long it still takes', () => {
    const view = toRunView([...BEGUN, step(200, 1, 'running')]);
    expect(toProgress(view, PACE, 1200)?.behindMs).toBe(100);
    expect(toProgress(view, PACE, 11_200)?.behindMs).toBe(10_100);
    expect(toProgress(view, PACE, 1200)?.leftMs).toBe(12_900);
    expect(toProgress(view, PACE, 11_200)?.leftMs).toBeUndefined();
  });

  test('is ahead by what the cache saved, and says that the rest is the most it takes', () => {
    const cached = [step(210, 1, 'cached', 0), step(220, 2, 'cached', 0)];
    const progress = toProgress(toRunView([...BEGUN, ...cached]), PACE, 300);
    expect(progress).toMatchObject({ step: 2, behindMs: 300 - 11_100, isAtMost: true });
  });

  test('that builds what the recorded one had from the cache promises no time', () => {
    const pace = toPace([
      ...RECORDED.slice(0, 3),
      step(110, 1, 'cached', 0),
      step(120, 2, 'cached', 0),
      step(130, 3, 'cached', 0),
      phase(140, 'starting'),
      phase(900, 'ready'),
    ]);
    const building = [...BEGUN, step(210, 1, 'cached', 0), step(220, 2, 'running')];
    const output: RunEvent = { at: 4000, type: 'output', service: 'web', step: 2, text: 'Collecting' };
    const progress = toProgress(toRunView([...building, output]), pace, 4000);
    expect(progress).toMatchObject({ step: 2, behindMs: 3880 });
    expect(progress?.leftMs).toBeUndefined();
    const started = [
      ...building,
      step(9000, 2, 'done', 8780),
      step(9000, 3, 'cached', 0),
      phase(9100, 'starting'),
    ];
    expect(toProgress(toRunView(started), pace, 9200)?.leftMs).toBe(660);
  });

  test('counts the steps of all services in the order in which they were built', () => {
    const pace = toPace([
      source('db'),
      ...RECORDED.slice(0, 3),
      step(150, 1, 'cached', 0, 'db'),
      step(160, 3, 'cached', 0, 'db'),
      ...RECORDED.slice(3),
    ]);
    const view = toRunView([
      source('db'),
      ...BEGUN,
      step(210, 1, 'cached', 0, 'db'),
      step(300, 1, 'running'),
    ]);
    expect(toProgress(view, pace, 400)).toMatchObject({ step: 4, of: 6 });
  });

  test.each([
    [
      'it builds from another Dockerfile',
      [phase(0, 'queued'), source('web', 'FROM x'), step(9, 1, 'running')],
      PACE,
    ],
    ['it is ready', [...BEGUN, step(300, 1, 'running'), phase(500, 'ready')], PACE],
    ['it failed', [...BEGUN, step(300, 1, 'failed'), ...FAILED], PACE],
    ['the recorded one never got ready', [...BEGUN, step(300, 1, 'running')], toPace(RECORDED.slice(0, 6))],
    ['nothing was recorded', [...BEGUN, step(300, 1, 'running')], toPace([])],
  ])('says nothing when %s', (_why, events, pace) => {
    expect(toProgress(toRunView(events), pace, 600)).toBeUndefined();
  });
});

describe('the recording goes on', () => {
  const from = (events: RunEvent[], pace = PACE) => matchingPosition(toRunView(events), pace).place;

  test('with the very event that begins the step, however many others have the same time', () => {
    const { before } = matchingPosition(
      toRunView([...BEGUN, step(300, 1, 'running'), step(400, 2, 'running')]),
      PACE,
    );
    expect(RECORDED[before]).toEqual(step(1100, 2, 'running'));
  });

  test('at the beginning of the step that failed', () => {
    expect(
      from([...BEGUN, step(300, 1, 'running'), step(400, 1, 'done', 100), step(400, 2, 'failed'), ...FAILED]),
    ).toBe(1100);
  });

  test('at the beginning of the step that stalls', () => {
    expect(from([...BEGUN, step(300, 1, 'running')])).toBe(100);
  });

  test('after the last step that was done, when the next has not begun', () => {
    expect(from([...BEGUN, step(300, 1, 'running'), step(400, 1, 'done', 100)])).toBe(1100);
  });

  test('where containers start, when the built image would not start', () => {
    expect(from([...BEGUN, step(300, 1, 'cached'), phase(500, 'starting'), ...FAILED])).toBe(12_000);
  });

  test('where the app was ready, when it died after that', () => {
    expect(from([...BEGUN, phase(500, 'starting'), phase(600, 'ready'), ...FAILED])).toBe(14_000);
  });

  test('at the same instruction of a Dockerfile in which it has another number', () => {
    const moved: RunEvent = {
      at: 300,
      type: 'step',
      service: 'web',
      step: 5,
      of: 8,
      name: NAMES[1] ?? '',
      state: 'running',
    };
    expect(from([...BEGUN, moved])).toBe(1100);
  });

  test('at the same phase when it knows no such step', () => {
    const other: RunEvent = {
      at: 300,
      type: 'step',
      service: 'web',
      step: 2,
      of: 2,
      name: 'RUN other',
      state: 'running',
    };
    expect(from([...BEGUN, other])).toBe(100);
  });

  test('at the beginning when it knows neither, or the run did nothing yet', () => {
    expect(from([phase(0, 'queued'), phase(10, 'pulling')])).toBe(0);
    expect(from([])).toBe(0);
    expect(from([...BEGUN, step(300, 2, 'running')], toPace([]))).toBe(0);
  });

  test('at its place on the time line, where a long silence is shortened', () => {
    const times = Float64Array.from(RECORDED, ({ at }) => Math.min(at, 3000));
    const pace = toPaceOf({ events: RECORDED, times });
    expect(from([...BEGUN, phase(500, 'starting')], pace)).toBe(3000);
    expect(toProgress(toRunView([...BEGUN, phase(500, 'starting')]), pace, 600)?.leftMs).toBe(1900);
  });

  test('at the right service, when two have the same step', () => {
    const pace = toPace([
      source('db'),
      ...RECORDED.slice(0, 3),
      step(150, 1, 'running', undefined, 'db'),
      ...RECORDED.slice(3),
    ]);
    expect(from([...BEGUN, step(300, 1, 'running', undefined, 'db')], pace)).toBe(150);
  });
});
