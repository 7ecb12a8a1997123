import type { PacedMoment, PacedStep, RecordedPace } from './recorded-pace.ts';
import type { RunView, StepView } from '../run/run-view.ts';

/** What the recorded run was doing where the live run is now. */
export interface RecordedPlace {
  started: PacedMoment;
  ended: PacedMoment;
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
  const started = reached === undefined ? undefined : pace.phases.get(reached);
  if (started === undefined || view.reached === undefined) return undefined;
  const ended = [...pace.phases.values()].find(({ at }) => at > started.at) ?? pace.ended;
  return { started, ended, liveSince: view.reached.at };
}

/** Where the recording goes on when the live run is left: at the beginning of what it was doing. */
export function matchingPosition(view: RunView, pace: RecordedPace): PacedMoment {
  return findRecordedPlace(view, pace)?.started ?? { at: 0, place: 0, before: 0 };
}

/** Where the recording runs a command for the nth time, or the last time if it runs it less often. */
export function commandPosition(
  { commands }: RecordedPace,
  name: string,
  times: number,
): PacedMoment | undefined {
  const moments = commands.get(name) ?? [];
  return moments[times - 1] ?? moments.at(-1);
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
  const { started, ended } = recorded;
  if (isOpen(step)) return { started, ended, liveSince: step.startedAt };
  return { started: ended, ended, liveSince: step.startedAt + (step.ms ?? 0) };
}

/** In a Dockerfile that was changed since, the same instruction may have another number. */
export function findSameStep(step: StepView, { steps }: RecordedPace): PacedStep | undefined {
  const ofService = steps.filter(({ service, name }) => service === step.service && name === step.name);
  return ofService.find((one) => one.step === step.step) ?? ofService[0];
}
