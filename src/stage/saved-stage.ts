/** What of the stage outlives the process that owned it. Pure. */
import * as z from 'zod/mini';
import { namedEntries } from './named-entries.ts';
import { replayOf, touchedOf, type PanelState } from './panel-state.ts';
import type { StageState } from './stage-state.ts';

/** Ms of the stage's clock. */
const time = z.number();
const timer = z.object({ startedAt: z.nullable(time), elapsed: z.number() });

/** `StageState` in the form that can be checked; without runs, which end with the process. */
export const savedStageSchema = z.object({
  version: z.int(),
  position: z.object({ h: z.int(), v: z.int(), f: z.int() }),
  moveId: z.exactOptional(z.string()),
  isPaused: z.boolean(),
  backAt: z.optional(time),
  isOverview: z.boolean(),
  isOtherTheme: z.optional(z.boolean()),
  isFrozen: z.optional(z.boolean()),
  timer: z.extend(timer, { undo: z.optional(timer) }),
  panels: namedEntries(
    z.object({
      replay: z.optional(z.object({ from: z.number(), startedAt: z.nullable(time), speed: z.number() })),
      view: z.optional(z.string()),
      scroll: z.optional(namedEntries(z.number())),
      typed: z.optional(z.string()),
    }),
  ),
});
export type SavedStage = z.infer<typeof savedStageSchema>;

export function toSavedStage({
  version,
  position,
  moveId,
  isPaused,
  backAt,
  isOverview,
  isOtherTheme,
  isFrozen,
  timer,
  panels,
}: StageState): SavedStage {
  const saved = Object.entries(panels).map(([demo, panel]) => {
    const replay = replayOf(panel);
    return [demo, { ...touchedOf(panel), ...(replay === undefined ? {} : { replay }) }];
  });
  return {
    version,
    position,
    ...(moveId === undefined ? {} : { moveId }),
    isPaused,
    ...(backAt === undefined ? {} : { backAt }),
    isOverview,
    ...(isOtherTheme === undefined ? {} : { isOtherTheme }),
    ...(isFrozen === undefined ? {} : { isFrozen }),
    timer,
    panels: Object.fromEntries(saved) as SavedStage['panels'],
  };
}

/** The stage as it would be had the process gone on; `shift` is what another clock makes of a time, in ms. */
export function fromSavedStage(saved: SavedStage, shift: number): StageState {
  const shifted = (at: number | null) => (at === null ? null : at + shift);
  const timerOf = ({ startedAt, elapsed }: z.infer<typeof timer>) => ({
    startedAt: shifted(startedAt),
    elapsed,
  });
  const { undo } = saved.timer;
  const panelOf = ({ replay, view, scroll, typed }: SavedStage['panels'][string]): PanelState => {
    const hands = touchedOf({ view, scroll, typed });
    if (replay === undefined) return { ...hands, shows: 'nothing' };
    return { ...hands, shows: 'recorded', replay: { ...replay, startedAt: shifted(replay.startedAt) } };
  };
  const panels = Object.entries(saved.panels).map(([demo, panel]) => [demo, panelOf(panel)] as const);
  return {
    // Counts on: a window that has seen a newer one knows better.
    version: saved.version,
    position: saved.position,
    ...(saved.moveId === undefined ? {} : { moveId: saved.moveId }),
    isPaused: saved.isPaused,
    ...(saved.backAt === undefined ? {} : { backAt: saved.backAt + shift }),
    isOverview: saved.isOverview,
    ...(saved.isOtherTheme === undefined ? {} : { isOtherTheme: saved.isOtherTheme }),
    ...(saved.isFrozen === undefined ? {} : { isFrozen: saved.isFrozen }),
    timer: { ...timerOf(saved.timer), ...(undo === undefined ? {} : { undo: timerOf(undo) }) },
    panels: Object.fromEntries(panels),
  };
}
