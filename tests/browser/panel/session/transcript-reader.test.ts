import { expect, test } from 'vitest';
import { TranscriptReader } from '../../../../src/browser/panel/session/transcript-reader.ts';
import { foldRunEvent } from '../../../../src/demo/run/fold-run-event.ts';
import { emptyRunView } from '../../../../src/demo/run/run-view.ts';

/** All that a reader gives until it has nothing more. */
function readAll(reader: TranscriptReader, transcript: readonly string[], dropped = 0): string {
  let all = '';
  for (let piece = reader.next(transcript, dropped); piece !== ''; piece = reader.next(transcript, dropped))
    all += piece;
  return all;
}

test('a terminal gets the whole transcript once, in pieces', () => {
  const reader = new TranscriptReader();
  const transcript = ['one\r\n', 'x'.repeat(100_000), 'three\r\n'];
  expect(reader.next(transcript).length).toBeLessThanOrEqual(32_768);
  const rest = readAll(reader, transcript);
  expect(rest.endsWith('three\r\n')).toBe(true);
  transcript.push('four\r\n');
  expect(readAll(reader, transcript)).toBe('four\r\n');
});

test('a screen that fell behind skips to the end and says how much it left out', () => {
  const transcript = Array.from({ length: 300 }, (_, i) => `${i}`.padEnd(10_000, '.'));
  const read = readAll(new TranscriptReader(), transcript);
  expect(read).toMatch(/\d+ kB left out here/);
  expect(read.length).toBeLessThan(600_000);
  expect(read).toContain('299.');
});

test('a run that prints without end keeps a bounded transcript, and its terminal goes on with what is left', () => {
  const view = emptyRunView();
  const reader = new TranscriptReader();
  for (let i = 0; i < 1000; i += 1) {
    foldRunEvent(view, { at: i, type: 'output', service: 'web', text: `${i}`.padEnd(10_000, '.') });
  }
  expect(view.transcript.join('').length).toBeLessThanOrEqual(4_000_000);
  const read = readAll(reader, view.transcript, view.transcriptDropped);
  expect(read).toContain('left out here');
  expect(read).toContain('999.');
});
