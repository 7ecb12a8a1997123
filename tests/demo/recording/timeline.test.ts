import { describe, expect, test } from 'vitest';
import { Checkpoints } from '../../../src/demo/recording/checkpoints.ts';
import type { Recording } from '../../../src/demo/recording/recording.ts';
import type { RunEvent } from '../../../src/demo/run/run-event.ts';
import { toRunView } from '../../../src/demo/run/fold-run-event.ts';
import {
  countAt,
  nextMarker,
  previousMarker,
  toLineTime,
  toRunTime,
  toTimeline,
} from '../../../src/demo/recording/timeline.ts';

const output = (at: number, text = `${at} `): RunEvent => ({ at, type: 'output', service: 'web', text });

function recording(events: RunEvent[], more: Partial<Recording> = {}): Recording {
  const head = { title: '', timestamp: 0, cols: 80, rows: 24, facts: undefined };
  return { ...head, events, markers: [], isComplete: true, problems: [], ...more };
}

describe('the time line of a recording', () => {
  const slow = recording([output(500), output(10_500), output(11_000)]);

  test('shortens long silences to two seconds and leaves the others alone', () => {
    expect([...toTimeline(slow).times]).toEqual([500, 2500, 3000]);
    expect(toTimeline(slow).duration).toBe(3000);
  });

  test('shortens to what the demo says, else to what the file says', () => {
    expect([...toTimeline({ ...slow, idleLimitMs: 5000 }).times]).toEqual([500, 5500, 6000]);
    expect([...toTimeline({ ...slow, idleLimitMs: 5000 }, 1000).times]).toEqual([500, 1500, 2000]);
    expect([...toTimeline(slow, Infinity).times]).toEqual([500, 10_500, 11_000]);
  });

  test('moves markers with the events around them', () => {
    const markers = [
      { at: 500, label: 'begins' },
      { at: 10_500, label: 'ends' },
    ];
    expect(toTimeline({ ...slow, markers }).markers).toEqual([
      { at: 500, label: 'begins' },
      { at: 2500, label: 'ends' },
    ]);
  });

  test("tells what the run's own clock showed, which runs faster in a shortened silence", () => {
    const line = toTimeline(slow);
    expect([0, 500, 1500, 2500, 9999].map((time) => toRunTime(line, time))).toEqual([
      0, 500, 5500, 10_500, 11_000,
    ]);
    for (const at of [0, 250, 500, 5500, 10_500, 11_000])
      expect(toRunTime(line, toLineTime(line, at))).toBe(at);
  });

  test('counts the events that have come, several at one time among them', () => {
    const line = toTimeline(recording([output(0), output(100), output(100), output(200)]));
    expect([-1, 0, 99, 100, 200, 999].map((time) => countAt(line, time))).toEqual([0, 1, 1, 3, 4, 4]);
  });

  test('is empty for a recording of nothing', () => {
    const line = toTimeline(recording([]));
    expect([line.duration, line.resultAt, toRunTime(line, 5), nextMarker(line, 0)]).toEqual([0, 0, 0, 0]);
  });

  test('has its result where the demo is ready and its picture shows, else at its end', () => {
    const ready: RunEvent = { at: 1000, type: 'phase', phase: 'ready' };
    const picture: RunEvent = { at: 1400, type: 'snapshot', file: 'app.png', width: 1, height: 1 };
    expect(toTimeline(recording([output(0), ready, picture, output(2000)])).resultAt).toBe(1400);
    expect(toTimeline(recording([output(0), ready, output(2000)])).resultAt).toBe(1000);
    expect(toTimeline(recording([output(0), output(2000)])).resultAt).toBe(2000);
  });

  test('is stepped through by its markers, its beginning and its end', () => {
    const markers = [1000, 2000].map((at) => ({ at, label: '' }));
    const line = toTimeline(recording([output(0), output(1000), output(2000), output(3000)], { markers }));
    expect([0, 1000, 1999, 2000, 3000].map((time) => nextMarker(line, time))).toEqual([
      1000, 2000, 3000, 3000, 3000,
    ]);
    expect([0, 1000, 1200, 2000, 3000].map((time) => previousMarker(line, time, 1))).toEqual([
      0, 0, 1000, 1000, 2000,
    ]);
    // Just after a marker, while it plays, back means the one before it.
    expect([1200, 1900, 2100].map((time) => previousMarker(line, time, 700))).toEqual([0, 1000, 1000]);
  });
});

describe('a view at any place of a recording', () => {
  const events: RunEvent[] = Array.from({ length: 9000 }, (_, i): RunEvent => {
    if (i % 10 === 0) {
      const step = (i % 500) / 10 + 1;
      const state = i < 4500 ? 'running' : 'done';
      return { at: i, type: 'step', service: 'web', step, of: 50, name: `step ${step}`, state };
    }
    if (i % 997 === 1) return { at: i, type: 'answer', question: `q${i}`, status: 200, reply: '' };
    if (i % 501 === 2) return { at: i, type: 'progress', service: 'web', item: `layer ${i}`, done: i };
    return output(i);
  });

  test('is what folding from the beginning gives, wherever it is looked at, forwards and backwards', () => {
    const checkpoints = new Checkpoints(events);
    for (const count of [0, 1, 1999, 2000, 2001, 8999, 9000, 4000, 3999, 10, 0, 6001]) {
      expect(checkpoints.viewAt(count)).toEqual(toRunView(events.slice(0, count)));
    }
  });

  test('can be folded on without changing what is looked at later', () => {
    const checkpoints = new Checkpoints(events);
    const view = checkpoints.viewAt(2000);
    for (const step of view.steps) step.state = 'failed';
    view.answers.length = 0;
    view.pulls.clear();
    expect(checkpoints.viewAt(2000)).toEqual(toRunView(events.slice(0, 2000)));
  });

  test('begins with as many lines as a terminal scrolls back', () => {
    const long = Array.from({ length: 8000 }, (_, i) => output(i, `${i}\r\n`));
    const view = new Checkpoints(long).viewAt(8000);
    expect(view.transcript.slice(0, 2)).toEqual(['', '3000\r\n']);
    expect(view.transcriptDropped).toBe(1);
  });

  test('begins with the last megabyte of output, and counts what came before as dropped', () => {
    const long = Array.from({ length: 3000 }, (_, i) => output(i, `${i}`.padEnd(1000, '.')));
    const view = new Checkpoints(long).viewAt(3000);
    expect(view.transcriptDropped).toBe(1);
    expect(view.transcript.at(-1)).toMatch(/^2999\./);
    expect(view.transcriptSize).toBeLessThan(1_000_000);
    expect(view.transcriptSize).toBe(view.transcript.join('').length);
  });
});
