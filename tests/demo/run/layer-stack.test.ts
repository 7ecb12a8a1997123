import { describe, expect, test } from 'vitest';
import { toLayerStack } from '../../../src/demo/run/layer-stack.ts';
import type { StepView } from '../../../src/demo/run/run-view.ts';

function step(number: number, name: string, layerBytes?: number, service = 'web'): StepView {
  const base = { service, step: number, of: 9, name, state: 'done', startedAt: 0 } as const;
  return layerBytes === undefined ? base : { ...base, layerBytes };
}

describe('the stack of an image', () => {
  test('goes from its base up, and counts settings without a layer', () => {
    const stack = toLayerStack(
      [step(2, 'ENV A=1', 0), step(1, 'FROM python', 100), step(3, 'RUN pip', 30), step(4, 'CMD ["x"]', 0)],
      'web',
    );
    expect(stack.layers.map(({ name, bytes, isBase }) => [name, bytes, isBase])).toEqual([
      ['FROM python', 100, true],
      ['RUN pip', 30, false],
    ]);
    expect(stack).toMatchObject({ settings: 2, bytes: 130 });
  });

  test('begins at the last FROM: earlier stages were only for building', () => {
    const steps = [step(1, 'FROM gcc AS build', 500), step(2, 'RUN make', 9), step(3, 'FROM python', 100)];
    expect(toLayerStack(steps, 'web')).toMatchObject({ bytes: 100, layers: [{ name: 'FROM python' }] });
  });

  test('leaves out other services, and what has not been measured yet', () => {
    const steps = [step(1, 'FROM python', 100), step(2, 'RUN pip'), step(1, 'FROM redis', 7, 'cache')];
    expect(toLayerStack(steps, 'web')).toMatchObject({ bytes: 100, settings: 0 });
  });

  test('is empty before anything was built', () => {
    expect(toLayerStack([], 'web')).toEqual({ layers: [], settings: 0, bytes: 0 });
  });
});
