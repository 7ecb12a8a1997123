import type { StepView } from './run-view.ts';

/** One layer of an image. */
export interface LayerView {
  name: string;
  bytes: number;
  /** Comes from the engine's cache, or from the base image. */
  isBase: boolean;
  state: StepView['state'];
}

export interface LayerStack {
  /** From the base image up. */
  layers: LayerView[];
  /** Lines that only write a setting down: they add no bytes. */
  settings: number;
  bytes: number;
}

/** The image that a service's steps have made so far, as a stack. */
export function toLayerStack(steps: readonly StepView[], service: string): LayerStack {
  const own = steps.filter((step) => step.service === service).toSorted((a, b) => a.step - b.step);
  // The last FROM begins the image that runs; the stages before it were only for building.
  const from = own.findLastIndex((step) => isFrom(step));
  const last = own.slice(Math.max(0, from));
  const layers = last
    .filter((step) => isFrom(step) || (step.layerBytes ?? 0) > 0)
    .map((step) => ({
      name: step.name,
      bytes: step.layerBytes ?? 0,
      isBase: isFrom(step),
      state: step.state,
    }));
  const settings = last.filter((step) => !isFrom(step) && step.layerBytes === 0).length;
  return { layers, settings, bytes: layers.reduce((sum, { bytes }) => sum + bytes, 0) };
}

function isFrom({ name }: StepView): boolean {
  return /^FROM\s/iu.test(name);
}
