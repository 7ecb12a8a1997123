import { expect, test } from 'vitest';
import { buildFolder, connectTestEngine, lastStates, makeFolder, outputOf } from './test-engine.ts';

const range = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

test.each(['buildkit', 'classic'] as const)(
  'the %s builder tells ten and more steps as it tells a few, in a named stage as well',
  async (builder) => {
    const runs = range(10).map((i) => `RUN echo "this is ${i}"`);
    const dockerfile = ['FROM python:3.13-slim AS first', ...runs, 'FROM first', ...runs].join('\n');
    await using made = await makeFolder({ Dockerfile: dockerfile });
    const engine = await connectTestEngine(builder);
    const { events, error } = await buildFolder(engine, made.folder, { noCache: true });
    engine.close();
    expect(error).toBeUndefined();
    for (const i of range(10)) {
      expect(outputOf(events, 1 + i)).toContain(`this is ${i}\n`);
      expect(outputOf(events, 12 + i)).toContain(`this is ${i}\n`);
    }
    expect(lastStates(events)).toHaveLength(22);
  },
);
