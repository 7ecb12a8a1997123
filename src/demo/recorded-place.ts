import type { PacedStep, RecordedPace } from './recorded-pace.ts';
import type { RunView, StepView } from './run-view.ts';

/** What the recording was doing where the live run is now, in ms on the recording's time line. */
export interface RecordedPlace {
  startedAt: number;
  endedAt: number;
  /** When the live run came to the same point, in ms of its own time. */
  liveSince: number;
}

/**
 * The stretch of the recording that shows what the live run is doing, or was doing when it failed: the same instruction of
 * the same service, else the same phase; undefined when the recording has neither.
 */
export function findRecordedPlace(view: RunView, pace: RecordedPace): RecordedPlace | undefined {
  const reached = view.reached?.phase;
  if (reached !== 'starting' && reached !== 'ready') {
    const place = findStepPlace(view, pace);
    if (place !== undefined) return place;
  }
  const startedAt = reached === undefined ? undefined : pace.phases.get(reached);
  if (startedAt === undefined || view.reached === undefined) return undefined;
  const later = [...pace.phases.values()].filter((at) => at > startedAt);
  return { startedAt, endedAt: Math.min(pace.endedAt, ...later), liveSince: view.reached.at };
}

/** Where on the recording's time line to go on from when the live run is left: the beginning of what it was doing. */
export function matchingPosition(view: RunView, pace: RecordedPace): number {
  return findRecordedPlace(view, pace)?.startedAt ?? 0;
}

/** The step that the run is at: the one that runs or failed, else the one that it finished last. */
export function currentStep({ steps }: RunView): StepView | undefined {
  return steps.findLast(isOpen) ?? steps.at(-1);
}

function isOpen({ state }: StepView): boolean {
  return state === 'running' || state === 'failed';
}

function findStepPlace(view: RunView, pace: RecordedPace): RecordedPlace | undefined {
  const step = currentStep(view);
  const recorded = step === undefined ? undefined : findSameStep(step, pace);
  if (step === undefined || recorded === undefined) return undefined;
  const { startedAt, endedAt } = recorded;
  if (isOpen(step)) return { startedAt, endedAt, liveSince: step.startedAt };
  return { startedAt: endedAt, endedAt, liveSince: step.startedAt + (step.ms ?? 0) };
}

/** In a Dockerfile that was changed since, the same instruction may have another number. */
export function findSameStep(step: StepView, { steps }: RecordedPace): PacedStep | undefined {
  const ofService = steps.filter(({ service, name }) => service === step.service && name === step.name);
  return ofService.find((one) => one.step === step.step) ?? ofService[0];
}
