import { expect, test } from 'vitest';
import { behindMs, slideKey, toTalkPlan, type TalkSlide } from '../../src/stage/talk-plan.ts';

const slide = (h: number, plannedMs?: number): TalkSlide => ({
  h,
  v: 0,
  id: `slide-${h}`,
  title: `Slide ${h}`,
  number: h + 1,
  ...(plannedMs === undefined ? {} : { plannedMs }),
});
const at = (h: number) => ({ h, v: 0, f: -1 });

test('a talk without a duration, times or a rehearsal has no plan', () => {
  const plan = toTalkPlan([slide(0), slide(1)]);
  expect(plan.source).toBeUndefined();
  expect(behindMs(plan, at(1), 60_000)).toBeUndefined();
});

test('slides without a time share what the others leave of the talk', () => {
  const plan = toTalkPlan([slide(0, 60_000), slide(1), slide(2)], 180_000);
  expect(plan.slides.map((one) => [one.startMs, one.plannedMs])).toEqual([
    [0, 60_000],
    [60_000, 60_000],
    [120_000, 60_000],
  ]);
});

test('a rehearsal plans the slides that have no time of their own', () => {
  const earlier = { date: '2026-11-20T10:00:00Z', slides: { 'slide-0': 5000, 'slide-1': 7000 } };
  const plan = toTalkPlan([slide(0, 1000), slide(1)], undefined, earlier);
  expect(plan.slides.map((one) => one.plannedMs)).toEqual([1000, 7000]);
  expect(plan.source).toContain('2026-11-20');
});

test('a speaker is behind after a slide’s time, ahead before it, and neither within it', () => {
  const plan = toTalkPlan([slide(0), slide(1)], 120_000);
  expect(behindMs(plan, at(1), 30_000)).toBe(-30_000);
  expect(behindMs(plan, at(1), 90_000)).toBe(0);
  expect(behindMs(plan, at(1), 150_000)).toBe(30_000);
  expect(behindMs(plan, at(7), 150_000)).toBeUndefined();
});

test('a slide without an id is named by its place', () => {
  expect(slideKey({ id: '', h: 3, v: 1 })).toBe('3/1');
});
