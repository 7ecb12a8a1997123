import { entryOf } from '../../demo/run/entry-of.ts';
import { toClock } from '../../stage/to-clock.ts';
import { toTalkPlan, type EarlierTalk, type TalkSlide } from '../../stage/talk-plan.ts';

/** A slide of a talk that was given. Times are ms. */
export interface ReportedSlide {
  /** Which slide it is for people. */
  number: number;
  title: string;
  /** What the author planned; absent where nothing is planned. */
  plannedMs?: number;
  /** 0 for one that was left out. */
  spentMs: number;
}

/** A talk that was given, beside its plan. Times are ms. */
export interface TalkReport {
  /** When it began, ISO 8601. */
  date: string;
  durationMs?: number;
  spentMs: number;
  slides: ReportedSlide[];
  /** Slides that it had and that the deck doesn't have any more. */
  gone: { key: string; spentMs: number }[];
}

/** Puts a talk's times beside the deck as it is now, and its own plan: times on slides, and `duration:`. */
export function toTalkReport(
  talk: EarlierTalk,
  slides: readonly TalkSlide[],
  durationMs?: number,
): TalkReport {
  const plan = toTalkPlan(slides, durationMs);
  const known = new Set(plan.slides.map(({ key }) => key));
  return {
    date: talk.date,
    ...(durationMs === undefined ? {} : { durationMs }),
    spentMs: Object.values(talk.slides).reduce((sum, ms) => sum + ms, 0),
    slides: plan.slides.map(({ key, number, title, plannedMs }) => ({
      number,
      title,
      ...(plannedMs === undefined ? {} : { plannedMs }),
      spentMs: entryOf(talk.slides, key) ?? 0,
    })),
    gone: Object.entries(talk.slides).flatMap(([key, spentMs]) => (known.has(key) ? [] : [{ key, spentMs }])),
  };
}

/** To the nearest second. */
function clock(ms: number): string {
  return toClock(Math.round(ms / 1000) * 1000);
}

/** `+0:20` is over the plan. */
function difference(slide: Pick<ReportedSlide, 'plannedMs' | 'spentMs'>): string {
  if (slide.plannedMs === undefined) return '';
  const ms = slide.spentMs - slide.plannedMs;
  if (Math.abs(ms) < 500) return '';
  return `${ms > 0 ? '+' : '−'}${clock(Math.abs(ms))}`;
}

/** The cells of the report: number, title, planned, real and the difference. The last row is the sum. */
export function reportRows({ slides, spentMs, durationMs }: TalkReport): string[][] {
  const rows = slides.map((slide) => [
    String(slide.number),
    slide.title,
    slide.plannedMs === undefined ? '' : clock(slide.plannedMs),
    slide.spentMs === 0 ? 'left out' : clock(slide.spentMs),
    slide.spentMs === 0 ? '' : difference(slide),
  ]);
  const sum = { spentMs, ...(durationMs === undefined ? {} : { plannedMs: durationMs }) };
  const planned = durationMs === undefined ? '' : clock(durationMs);
  return [...rows, ['', 'All of it', planned, clock(spentMs), difference(sum)]];
}
