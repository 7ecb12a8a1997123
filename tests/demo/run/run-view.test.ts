import { describe, expect, test } from 'vitest';
import type { ReplicaFacts, RunEvent } from '../../../src/demo/run/run-event.ts';
import { foldRunEvent, toBuildMs, toRunView } from '../../../src/demo/run/fold-run-event.ts';
import { emptyRunView } from '../../../src/demo/run/run-view.ts';
import { terminalText } from '../../../src/demo/run/terminal-text.ts';
import { EVENTS } from '../events.ts';

function replica(at: number, number: number, state: ReplicaFacts['state']): RunEvent {
  const facts: ReplicaFacts = {
    service: 'web',
    number,
    state,
    name: `web-${number}`,
    hostname: 'h',
    pidOnHost: 0,
  };
  return { at, type: 'replica', facts };
}

describe('what a panel draws of a run', () => {
  test('is idle before the first event', () => {
    expect(emptyRunView()).toMatchObject({ phase: 'idle', steps: [], transcript: [] });
    expect(toRunView([])).toEqual(emptyRunView());
  });

  test('holds everything that the events told', () => {
    const view = toRunView(EVENTS);
    expect(view).toMatchObject({
      phase: 'failed',
      at: 2003,
      readyAt: 1028,
      exit: 1,
      sources: [{ service: 'web', file: 'Dockerfile' }],
      app: { url: 'http://127.0.0.1:32768/', reachable: true },
      snapshot: { file: 'app.png', width: 800, height: 600 },
      answers: [{ question: 'Unter den Linden 1', status: 200, reply: '{"road": "…"}' }],
      error: { code: 'oom', message: 'Out of memory', hint: 'Give it more', line: 2 },
    });
    expect(view.processes.map((process) => process.pidOnHost)).toEqual([4242]);
    expect([...view.pulls]).toEqual([
      ['abc', { done: 10, total: 100 }],
      ['def', { done: 10 }],
    ]);
  });

  test('has one step an instruction, with the newest state, its first line number, and its layer', () => {
    const { steps } = toRunView(EVENTS);
    expect(steps).toEqual([
      {
        service: 'web',
        step: 1,
        of: 2,
        line: 1,
        name: 'FROM python',
        state: 'done',
        startedAt: 10,
        ms: 10,
        layerBytes: 5000,
      },
      { service: 'web', step: 2, of: 2, name: 'CMD ["x"]', state: 'cached', startedAt: 25, ms: 0 },
    ]);
  });

  test('keeps the steps of two services apart', () => {
    const step = (service: string): RunEvent => ({
      at: 0,
      type: 'step',
      service,
      step: 1,
      of: 1,
      name: 'FROM x',
      state: 'running',
    });
    expect(toRunView([step('web'), step('db'), step('web')]).steps.map((one) => one.service)).toEqual([
      'web',
      'db',
    ]);
  });

  test('passes over the layer of a step that nobody told of', () => {
    expect(toRunView([{ at: 0, type: 'layer', service: 'web', step: 7, bytes: 1 }]).steps).toEqual([]);
  });

  test('shows in its terminal what the recording prints', () => {
    expect(toRunView(EVENTS).transcript.join('')).toBe(EVENTS.map(terminalText).join(''));
  });

  test('is the same folded at once or one event after the other', () => {
    const view = emptyRunView();
    for (const event of EVENTS) foldRunEvent(view, event);
    expect(view).toEqual(toRunView(EVENTS));
  });

  test('keeps the first time of ready, and the newest time of all', () => {
    const ready = (at: number): RunEvent => ({ at, type: 'phase', phase: 'ready' });
    expect(toRunView([ready(50), ready(70), ready(60)])).toMatchObject({ readyAt: 50, at: 70 });
  });

  test('says what the build took once everything is up, and what an earlier one took', () => {
    const step = { type: 'step', service: 'web', of: 2, name: 'RUN x' } as const;
    const events: RunEvent[] = [
      { at: 0, type: 'earlier', buildMs: 41_000 },
      { at: 1, ...step, step: 1, state: 'cached', ms: 0 },
      { at: 2, ...step, step: 2, state: 'done', ms: 1200 },
    ];
    expect(toBuildMs(toRunView(events))).toBeUndefined();
    const view = toRunView([...events, { at: 1300, type: 'phase', phase: 'ready' }]);
    expect(toBuildMs(view)).toBe(1200);
    expect(view.earlierBuildMs).toBe(41_000);
  });

  test('replaces the facts of a process that are told again', () => {
    const told = EVENTS.filter((event) => event.type === 'process');
    const again = told.map((event): RunEvent => ({ ...event, facts: { ...event.facts, pidOnHost: 7 } }));
    expect(toRunView([...told, ...again]).processes.map((process) => process.pidOnHost)).toEqual([7]);
  });

  test('orders containers by number, and counts from when each answered', () => {
    const { replicas } = toRunView([
      replica(0, 2, 'starting'),
      replica(5, 1, 'ready'),
      replica(10, 2, 'ready'),
      replica(20, 2, 'ready'),
      replica(30, 2, 'ended'),
    ]);
    expect(replicas.map(({ number, state, since }) => [number, state, since])).toEqual([
      [1, 'ready', 5],
      [2, 'ended', 10],
    ]);
  });
});
