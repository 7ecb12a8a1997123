import { isOver, type Phase, type RunEvent, type StepState } from './run-event.ts';
import type { RunView, SourceView } from './run-view.ts';

/** One instruction of a recording, in ms on its time line. */
export interface PacedStep {
  service: string;
  step: number;
  of: number;
  name: string;
  state: StepState;
  startedAt: number;
  /** When it was done; when the recording ended, if it never was. */
  endedAt: number;
}

/** When a recorded run did what: what a live run is compared with. Times are ms on the recording's time line. */
export interface RecordedPace {
  sources: SourceView[];
  steps: PacedStep[];
  /** When each phase on the way to `ready` first came. */
  phases: Map<Phase, number>;
  endedAt: number;
}

export function toPace(events: readonly RunEvent[]): RecordedPace {
  const endedAt = events.at(-1)?.at ?? 0;
  const pace: RecordedPace = { sources: [], steps: [], phases: new Map(), endedAt };
  for (const event of events) {
    if (event.type === 'source') {
      pace.sources.push({ service: event.service, file: event.file, text: event.text });
    } else if (event.type === 'phase' && event.phase !== 'stopping' && !isOver(event.phase)) {
      if (!pace.phases.has(event.phase)) pace.phases.set(event.phase, event.at);
    } else if (event.type === 'step') addStep(pace, event);
  }
  return pace;
}

function addStep(pace: RecordedPace, event: RunEvent & { type: 'step' }): void {
  const { at, service, step, of, name, state } = event;
  const known = pace.steps.find((one) => one.service === service && one.step === step);
  const endedAt = state === 'running' ? pace.endedAt : at;
  if (known !== undefined) Object.assign(known, { state, endedAt });
  else pace.steps.push({ service, step, of, name, state, startedAt: at, endedAt });
}

/** Whether the live run builds from the very Dockerfiles that the recorded one was built from. */
export function hasSameSources(view: RunView, pace: RecordedPace): boolean {
  if (view.sources.length !== pace.sources.length) return false;
  return view.sources.every(({ service, text }) =>
    pace.sources.some((recorded) => recorded.service === service && recorded.text === text),
  );
}
