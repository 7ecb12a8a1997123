import { isOver, type Phase, type RunEvent, type StepState } from '../run/run-event.ts';
import type { RunView, SourceView } from '../run/run-view.ts';
import type { Timeline } from './timeline.ts';

/** A moment of a recording. */
export interface PacedMoment {
  /** Ms since the recorded run began. */
  at: number;
  /** Ms on the recording's time line, where long silences are shortened. */
  place: number;
  /** How many of its events come before: many can have the same time. */
  before: number;
}

/** One instruction of a recorded run. */
export interface PacedStep {
  service: string;
  step: number;
  of: number;
  name: string;
  state: StepState;
  started: PacedMoment;
  /** When it was done; when the recording ended, if it never was. */
  ended: PacedMoment;
}

/** When a recorded run did what: what a live run is compared with. */
export interface RecordedPace {
  sources: SourceView[];
  steps: PacedStep[];
  /** When each phase on the way to `ready` first came. */
  phases: Map<Phase, PacedMoment>;
  /** When Enter was pressed behind each command, by its name, in turn. */
  commands: Map<string, PacedMoment[]>;
  ended: PacedMoment;
}

export function toPace({ events, times }: Pick<Timeline, 'events' | 'times'>): RecordedPace {
  const ended = { at: events.at(-1)?.at ?? 0, place: times.at(-1) ?? 0, before: events.length };
  const pace: RecordedPace = { sources: [], steps: [], phases: new Map(), commands: new Map(), ended };
  for (const [index, event] of events.entries()) {
    const now = { at: event.at, place: times[index] ?? 0, before: index };
    if (event.type === 'source') {
      pace.sources.push({ service: event.service, file: event.file, text: event.text });
    } else if (event.type === 'phase' && event.phase !== 'stopping' && !isOver(event.phase)) {
      if (!pace.phases.has(event.phase)) pace.phases.set(event.phase, now);
    } else if (event.type === 'command') {
      if (event.state === 'running')
        pace.commands.set(event.name, [...(pace.commands.get(event.name) ?? []), now]);
    } else if (event.type === 'step') addStep(pace, event, now);
  }
  return pace;
}

function addStep(pace: RecordedPace, event: RunEvent & { type: 'step' }, now: PacedMoment): void {
  const { service, step, of, name, state } = event;
  const known = pace.steps.find((one) => one.service === service && one.step === step);
  const ended = state === 'running' ? pace.ended : { ...now, before: now.before + 1 };
  if (known !== undefined) Object.assign(known, { state, ended });
  else pace.steps.push({ service, step, of, name, state, started: now, ended });
}

/** Whether the live run builds from the very Dockerfiles that the recorded one was built from. */
export function hasSameSources(view: RunView, pace: Pick<RecordedPace, 'sources'>): boolean {
  if (view.sources.length !== pace.sources.length) return false;
  return view.sources.every(({ service, text }) =>
    pace.sources.some((recorded) => recorded.service === service && recorded.text === text),
  );
}
