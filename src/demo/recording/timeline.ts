import type { Recording, RecordedMarker } from './recording.ts';
import type { RunEvent } from '../run/run-event.ts';

/** Silences are shortened to this, in ms, unless the demo or the recording says otherwise. */
export const USUAL_IDLE_MS = 2000;

/** A recording as it is played: with its long silences shortened. All times are ms. */
export interface Timeline {
  events: readonly RunEvent[];
  /** When each event comes on this time line; never before the event before it. */
  times: Float64Array;
  duration: number;
  markers: readonly RecordedMarker[];
  /** Where the demo is ready and its page shows; the end, when it never was. */
  resultAt: number;
}

/** Source of the idle limit: the asciicast specification (`idle_time_limit`). */
export function toTimeline(recording: Recording, idleMs?: number): Timeline {
  const { events } = recording;
  const times = shorten(events, idleMs ?? recording.idleLimitMs ?? USUAL_IDLE_MS);
  const duration = times.at(-1) ?? 0;
  const line = { events, times };
  const markers = recording.markers.map(({ at, label }) => ({ at: toLineTime(line, at), label }));
  return { events, times, duration, markers, resultAt: resultOf(events, times) ?? duration };
}

function shorten(events: readonly RunEvent[], idleMs: number): Float64Array {
  const times = new Float64Array(events.length);
  let before = 0;
  let time = 0;
  for (const [index, { at }] of events.entries()) {
    time += Math.min(Math.max(0, at - before), idleMs);
    before = Math.max(before, at);
    times[index] = time;
  }
  return times;
}

/** The picture of the app comes just after `ready`. */
function resultOf(events: readonly RunEvent[], times: Float64Array): number | undefined {
  const ready = events.findIndex((event) => event.type === 'phase' && event.phase === 'ready');
  if (ready === -1) return undefined;
  const picture = events.findIndex((event) => event.type === 'snapshot');
  return times[Math.max(ready, picture)];
}

/** How many events have come at `time` on the time line. */
export function countAt({ times }: Pick<Timeline, 'times'>, time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? Infinity) <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What the run's own clock showed at `time`: in a silence that was shortened it runs faster. */
export function toRunTime({ events, times }: Pick<Timeline, 'events' | 'times'>, time: number): number {
  const next = countAt({ times }, time);
  const [from, to] = [times[next - 1] ?? 0, times[next]];
  const [at, nextAt] = [events[next - 1]?.at ?? 0, events[next]?.at];
  if (to === undefined || nextAt === undefined) return at;
  return at + ((time - from) / (to - from)) * (nextAt - at);
}

/** Where on the time line the run's own clock showed `at`. */
export function toLineTime({ events, times }: Pick<Timeline, 'events' | 'times'>, at: number): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((events[middle]?.at ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  const [from, to] = [times[low - 1] ?? 0, times[low]];
  const [before, after] = [events[low - 1]?.at ?? 0, events[low]?.at];
  if (to === undefined || after === undefined || after === before) return from;
  return from + ((at - before) / (after - before)) * (to - from);
}

/** The marker to step to from `time`; the end and the beginning are there to step to as well. */
export function nextMarker({ markers, duration }: Timeline, time: number): number {
  return markers.find(({ at }) => at > time + 1)?.at ?? duration;
}

/** `ago`, in ms, is how far back one must be to count: while it plays, the one just passed is not meant. */
export function previousMarker({ markers }: Timeline, time: number, ago: number): number {
  return markers.findLast(({ at }) => at < time - ago)?.at ?? 0;
}
