import { expect, test } from 'vitest';
import { reportRows, toTalkReport } from '../../../src/talk/kept/talk-report.ts';

const slides = [
  { h: 0, v: 0, id: 'one', title: 'One', number: 1, plannedMs: 60_000 },
  { h: 1, v: 0, id: 'two', title: 'Two', number: 2, plannedMs: 30_000 },
  { h: 2, v: 0, id: 'three', title: 'Three', number: 3 },
];
const talk = { date: '2026-11-27T09:00:00.000Z', slides: { one: 80_000, three: 3_700_000, old: 5000 } };

test('a talk stands beside its plan, slide by slide, with what was left out and what is gone', () => {
  const report = toTalkReport(talk, slides, 600_000);
  expect(reportRows(report)).toEqual([
    ['1', 'One', '1:00', '1:20', '+0:20'],
    ['2', 'Two', '0:30', 'left out', ''],
    ['3', 'Three', '8:30', '1:01:40', '+53:10'],
    ['', 'All of it', '10:00', '1:03:05', '+53:05'],
  ]);
  expect(report.gone).toEqual([{ key: 'old', spentMs: 5000 }]);
});

test('without a plan only what was real is told', () => {
  const plain = slides.map(({ plannedMs: _planned, ...slide }) => slide);
  expect(reportRows(toTalkReport(talk, plain))[0]).toEqual(['1', 'One', '', '1:20', '']);
});
