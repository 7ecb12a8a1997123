import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { RunEvent } from '../../../src/demo/run/run-event.ts';
import { toRunView } from '../../../src/demo/run/fold-run-event.ts';
import { ThenRecorded } from '../../../src/demo/run/then-recorded.ts';

const source: RunEvent = {
  at: 0,
  type: 'source',
  service: 'web',
  file: 'Dockerfile',
  text: 'FROM a\nRUN b\nCMD c\n',
};
const step = (at: number, number: number, state: 'running' | 'done' | 'failed', ms?: number): RunEvent => ({
  at,
  type: 'step',
  service: 'web',
  step: number,
  of: 3,
  line: number,
  name: ['FROM a', 'RUN b', 'CMD c'][number - 1] ?? '',
  state,
  ...(ms === undefined ? {} : { ms }),
});
const output = (at: number, text: string): RunEvent => ({
  at,
  type: 'output',
  service: 'web',
  step: 2,
  text,
});

const LIVE: RunEvent[] = [
  source,
  { at: 1, type: 'phase', phase: 'building' },
  step(10, 1, 'running'),
  step(510, 1, 'done', 500),
  step(520, 2, 'running'),
  output(600, 'live output\n'),
];
const RECORDED: RunEvent[] = [
  source,
  { at: 1, type: 'phase', phase: 'building' },
  step(10, 1, 'running'),
  step(90, 1, 'done', 80),
  step(100, 2, 'running'),
  output(150, 'recorded output\n'),
  step(300, 2, 'done', 200),
  step(301, 3, 'done', 0),
  { at: 900, type: 'app', service: 'web', url: 'http://127.0.0.1:1/', reachable: true },
  { at: 901, type: 'phase', phase: 'ready' },
];

/** Of the recording `count` events have come; by default those up to where it goes on. */
function goOn(live: RunEvent[], count = 0, before = 4) {
  return session(live, before).viewAt(count);
}

function session(events: RunEvent[], before = 4) {
  return new ThenRecorded({ live: toRunView(events), events: RECORDED, before, date: '2026-11-23' });
}

describe('a live run that goes on from the recording', () => {
  test('keeps what was printed live above a line that says where the recording begins', () => {
    const view = goOn(LIVE, RECORDED.length);
    const text = stripVTControlCharacters(view.transcript.join(''));
    expect(text.split('\r\n').filter((line) => line !== '')).toEqual([
      '— building the image —',
      '[1/3] FROM a',
      '[2/3] RUN b',
      'live output',
      '— from here: recorded on 2026-11-23 —',
      '[2/3] RUN b',
      'recorded output',
      '● http://127.0.0.1:1/ answers',
    ]);
  });

  test('keeps the lines that were built live with their times, and builds the others as recorded', () => {
    expect(goOn(LIVE).steps.map(({ step, state, ms }) => [step, state, ms])).toEqual([[1, 'done', 500]]);
    const view = goOn(LIVE, RECORDED.length);
    expect(view.steps.map(({ step, state, ms }) => [step, state, ms])).toEqual([
      [1, 'done', 500],
      [2, 'done', 200],
      [3, 'done', 0],
    ]);
    expect([view.phase, view.at, view.readyAt]).toEqual(['ready', 901, 901]);
  });

  test('shows no error any more, nor an app that is gone', () => {
    const view = goOn([
      ...LIVE,
      { at: 700, type: 'app', service: 'web', url: 'http://127.0.0.1:2/', reachable: true },
      { at: 701, type: 'phase', phase: 'ready' },
      { at: 702, type: 'error', code: 'x', message: 'It broke', hint: 'Mend it', line: 2 },
      { at: 703, type: 'phase', phase: 'failed' },
      { at: 703, type: 'exit', status: 1 },
    ]);
    expect(view.error).toBeUndefined();
    expect(view.exit).toBeUndefined();
    expect(view.app).toBeUndefined();
    expect([view.phase, view.at, view.readyAt]).toEqual(['building', 90, undefined]);
  });

  test('says nothing of the warm spare that the live run came from', () => {
    const view = goOn([...LIVE, { at: 700, type: 'spare', waitedMs: 9000 }]);
    expect(view.spareMs).toBeUndefined();
  });

  test('shows the recorded Dockerfile and its lines when the live one is another', () => {
    const other: RunEvent = { at: 0, type: 'source', service: 'web', file: 'Dockerfile', text: 'FROM z\n' };
    const view = goOn([other, ...LIVE.slice(1)]);
    expect(view.sources).toEqual([{ service: 'web', file: 'Dockerfile', text: 'FROM a\nRUN b\nCMD c\n' }]);
    expect(view.steps.map(({ ms }) => ms)).toEqual([80]);
  });

  test('is the same view still, so that a terminal writes on instead of beginning anew', () => {
    const live = toRunView(LIVE);
    const { transcript } = live;
    const view = new ThenRecorded({ live, events: RECORDED, before: 4, date: '2026-11-23' }).viewAt(0);
    expect(view).toBe(live);
    expect(view.transcript).toBe(transcript);
    expect(view.transcriptSize).toBe(transcript.join('').length);
  });

  test('is after seeking to and fro as it was, and goes no further back than where it was left', () => {
    const views = session(LIVE);
    const first = structuredClone(views.viewAt(RECORDED.length));
    expect(views.viewAt(RECORDED.length)).toEqual(first);
    expect(views.viewAt(0)).toEqual(views.viewAt(4));
    expect(views.viewAt(0)).toEqual(goOn(LIVE));
  });
});
