/** How long each slide of the talk is meant to take, and whether the speaker is ahead or behind. Pure. */
import { entryOf } from '../demo/run/entry-of.ts';
import type { Position } from './stage-state.ts';

/** What the plan is made of: the deck's slides, with the author's own times. */
export interface TalkSlide {
  h: number;
  v: number;
  id: string;
  title: string;
  /** Which slide it is for people. */
  number: number;
  /** From `{time=2m}` on the slide. */
  plannedMs?: number;
}

/** A talk that was given before: ms by slide, as `slideKey` names them. */
export interface EarlierTalk {
  /** ISO 8601. */
  date: string;
  slides: Record<string, number>;
}

export interface PlannedSlide {
  key: string;
  h: number;
  v: number;
  title: string;
  /** Which slide it is for people, from 1: one that doesn't count has the number of the one before. */
  number: number;
  /** When the slide should come, in ms since the talk began; absent as long as nothing is planned. */
  startMs?: number;
  plannedMs?: number;
}

export interface TalkPlan {
  /** How long the talk may take, from the deck's `duration:`. */
  durationMs?: number;
  /** What the times were taken from, for people; absent when there is no plan. */
  source?: string;
  slides: PlannedSlide[];
}

/** Names a slide beyond one save of the deck: by its id, or by its place when it has none. */
export function slideKey({ id, h, v }: Pick<TalkSlide, 'id' | 'h' | 'v'>): string {
  return id === '' ? `${h}/${v}` : id;
}

/**
 * Times on the slides count first, then those of an earlier talk; slides with neither share what is left of `durationMs`.
 * Without any of the three there is no plan.
 */
export function toTalkPlan(
  slides: readonly TalkSlide[],
  durationMs?: number,
  earlier?: EarlierTalk,
): TalkPlan {
  const known = slides.map((slide) => slide.plannedMs ?? entryOf(earlier?.slides ?? {}, slideKey(slide)));
  const open = known.filter((ms) => ms === undefined).length;
  const taken = known.reduce<number>((sum, ms) => sum + (ms ?? 0), 0);
  const share = durationMs === undefined || open === 0 ? undefined : Math.max(0, durationMs - taken) / open;
  const isPlanned = known.some((ms) => ms !== undefined) || share !== undefined;
  let startMs = 0;
  const planned = slides.map((slide, i): PlannedSlide => {
    const { h, v, title, number } = slide;
    const plain = { key: slideKey(slide), h, v, title, number };
    if (!isPlanned) return plain;
    const plannedMs = Math.round(known[i] ?? share ?? 0);
    const timed = { ...plain, startMs, plannedMs };
    startMs += plannedMs;
    return timed;
  });
  const source = isPlanned ? sourceOf(slides, durationMs, earlier) : undefined;
  return {
    slides: planned,
    ...(durationMs === undefined ? {} : { durationMs }),
    ...(source === undefined ? {} : { source }),
  };
}

function sourceOf(slides: readonly TalkSlide[], durationMs?: number, earlier?: EarlierTalk): string {
  const isTimed = slides.some((slide) => slide.plannedMs !== undefined);
  const parts = [
    ...(isTimed ? ['the slides’ own times'] : []),
    ...(earlier === undefined ? [] : [`the rehearsal of ${earlier.date.slice(0, 10)}`]),
    ...(durationMs === undefined || (earlier !== undefined && !isTimed) ? [] : ['an even share of the talk']),
  ];
  return parts.join(', ');
}

/** The slide that shows at a position; undefined for a place that the deck doesn't have. */
export function slideAt(plan: TalkPlan, { h, v }: Pick<Position, 'h' | 'v'>): PlannedSlide | undefined {
  return plan.slides.find((slide) => slide.h === h && slide.v === v);
}

/**
 * How far the speaker is from the plan, in ms: positive is behind, negative is ahead, 0 is inside the slide's own time.
 * Undefined when nothing is planned.
 */
export function behindMs(plan: TalkPlan, position: Position, elapsedMs: number): number | undefined {
  const slide = slideAt(plan, position);
  if (slide?.startMs === undefined || slide.plannedMs === undefined) return undefined;
  if (elapsedMs < slide.startMs) return elapsedMs - slide.startMs;
  return Math.max(0, elapsedMs - slide.startMs - slide.plannedMs);
}
