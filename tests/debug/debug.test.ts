import { afterEach, expect, test, vi } from 'vitest';
import { createDebug } from '../../src/debug/debug.ts';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

test('what DECKHAND_DEBUG names is written with the time, and nothing else is even asked', () => {
  vi.stubEnv('DECKHAND_DEBUG', 'engine, run');
  const lines: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  createDebug('engine')(() => 'GET /version 200, 3 ms');
  createDebug('stage')(() => {
    throw new Error('asked');
  });
  expect(lines).toEqual([expect.stringMatching(/^\d\d:\d\d:\d\d\.\d{3} engine GET \/version 200, 3 ms\n$/)]);
});
