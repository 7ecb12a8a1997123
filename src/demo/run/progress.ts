import { hasSameSources, type RecordedPace } from '../recording/recorded-pace.ts';
import { currentStep, findRecordedPlace, findSameStep } from '../recording/recorded-place.ts';
import type { RunView } from './run-view.ts';

/** A live run beside the last good one, which was recorded. */
export interface Progress {
  /** Counted over all services; 0 before the first step. */
  step: number;
  of: number;
  /** How much later than the recorded run this one came to where it is, in ms; negative when it came earlier. */
  behindMs: number;
  /**
   * What the recorded run still took from here, in ms. Undefined when that says nothing: this run builds what the recorded one
   * had from the cache, or is longer at something than that was.
   */
  leftMs: number | undefined;
  /** True when this run has from the cache what the recorded one built: it will likely take less than `leftMs`. */
  isAtMost: boolean;
  /** How far the recorded run was on its way to `ready`, 0 to 1. */
  share: number;
}

/** Below this, a step that is cached and one that is not cost the same. */
const NOTEWORTHY_MS = 1000;

/**
 * Compares a run under way with the recorded one at the same step. `now` is ms since the run began. Undefined when there is
 * nothing to compare: the run is ready or over, the Dockerfiles are others, or the recording never got ready.
 */
export function toProgress(view: RunView, pace: RecordedPace, now: number): Progress | undefined {
  const readyAt = pace.phases.get('ready')?.at;
  const isUnderWay = view.reached?.phase === view.phase && view.phase !== 'ready';
  if (readyAt === undefined || !isUnderWay || !hasSameSources(view, pace)) return undefined;
  const place = findRecordedPlace(view, pace);
  if (place === undefined) return undefined;
  const position = placeAt(place, now);
  const cache = compareCache(view, pace);
  const rest = Math.max(0, readyAt - position);
  const isOverdue = now - place.liveSince > place.ended.at - place.started.at + NOTEWORTHY_MS;
  const isUnknown = isOverdue || (cache.isLost && cachedLater(pace, position));
  return {
    ...countSteps(view, pace),
    behindMs: now - position,
    leftMs: isUnknown ? undefined : rest,
    isAtMost: cache.isSaving,
    share: readyAt === 0 ? 1 : Math.min(1, position / readyAt),
  };
}

/** A step that takes longer than it did stays at the recorded step's end. */
function placeAt(place: NonNullable<ReturnType<typeof findRecordedPlace>>, now: number): number {
  return Math.min(place.ended.at, place.started.at + Math.max(0, now - place.liveSince));
}

function countSteps(view: RunView, pace: RecordedPace): { step: number; of: number } {
  const counts = new Map(pace.steps.map(({ service, of }) => [service, of]));
  const of = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const current = currentStep(view);
  if (current === undefined) return { step: 0, of };
  const services = [...counts.keys()];
  const before = services.slice(0, Math.max(0, services.indexOf(current.service)));
  return { step: before.reduce((sum, service) => sum + (counts.get(service) ?? 0), current.step), of };
}

interface CacheDifference {
  /** This run builds what the recorded one had from the cache. */
  isLost: boolean;
  /** This run had everything from the cache so far, and the recorded one had not. */
  isSaving: boolean;
}

function compareCache(view: RunView, pace: RecordedPace): CacheDifference {
  let isLost = false;
  let saved = 0;
  let built = 0;
  for (const step of view.steps) {
    const recorded = findSameStep(step, pace);
    if (recorded === undefined) continue;
    const ms = step.ms ?? view.at - step.startedAt;
    if (recorded.state === 'cached' && step.state !== 'cached' && ms > NOTEWORTHY_MS) isLost = true;
    if (recorded.state === 'done' && recorded.ended.at - recorded.started.at > NOTEWORTHY_MS) {
      if (step.state === 'cached') saved += 1;
      else built += 1;
    }
  }
  return { isLost, isSaving: saved > 0 && built === 0 };
}

function cachedLater({ steps }: RecordedPace, position: number): boolean {
  return steps.some(({ state, ended }) => state === 'cached' && ended.at >= position);
}
