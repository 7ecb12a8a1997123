import { expect, test } from 'vitest';
import { askFreeSpace } from '../../src/runner/free-space.ts';
import { connectTestEngine, testEngines } from '../engine/test-engine.ts';

test.each(testEngines)(
  'free space is asked of a container where the engine’s disk can’t be seen from here (%s)',
  async (builder) => {
    const engine = await connectTestEngine(builder);
    const signal = AbortSignal.timeout(20_000);
    expect(await askFreeSpace(engine, ['no-such-image:1', 'python:3.13-slim'], signal)).toBeGreaterThan(1e6);
    expect(await askFreeSpace(engine, ['no-such-image:1'], signal)).toBeUndefined();
    expect(await engine.list('deckhand.demo=preflight')).toEqual([]);
    engine.close();
  },
);
