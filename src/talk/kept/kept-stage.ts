import { dirname } from 'node:path';
import * as z from 'zod/mini';
import type { Slide } from '../../deck/deck.ts';
import { readInside } from '../../files/open-inside.ts';
import { namedEntries } from '../../stage/named-entries.ts';
import { fromSavedStage, savedStageSchema, toSavedStage } from '../../stage/saved-stage.ts';
import type { StageState } from '../../stage/stage-state.ts';
import { slideKey } from '../../stage/talk-plan.ts';

/** A talk that was broken off goes on for so long; what comes later is another talk. */
const RECENT_MS = 3 * 3600_000;
/** The clock may have been put right in between. */
const AHEAD_MS = 600_000;

const fileSchema = z.object({
  format: z.literal(1),
  /** The computer's clock and the stage's, in ms, when this was written. */
  savedAt: z.number(),
  now: z.number(),
  /** When the talk began: ISO 8601. */
  began: z.string(),
  slide: z.string(),
  stage: savedStageSchema,
  /** Ms by slide key. */
  spent: namedEntries(z.number()),
});

/** A talk that was broken off, as it would be now. */
export interface BrokenOffTalk {
  state: StageState;
  spent: Record<string, number>;
  began: string;
  /** How long ago it was heard of last, in ms. */
  agoMs: number;
}

export interface TalkNow {
  state: StageState & { now: number };
  spent: Record<string, number>;
  began: string;
  slides: readonly Slide[];
}

export function toStageFile({ state, spent, began, slides }: TalkNow): string {
  const { h, v } = state.position;
  const slide = slides.find((one) => one.h === h && one.v === v);
  return `${JSON.stringify({
    format: 1,
    savedAt: Date.now(),
    now: state.now,
    began,
    slide: slide === undefined ? '' : slideKey(slide),
    stage: toSavedStage(state),
    spent,
  })}\n`;
}

/** The talk that `file` tells of, if it is recent; `now` is the stage's clock. */
export async function readBrokenOff(
  file: string,
  slides: readonly Slide[],
  now: number,
): Promise<BrokenOffTalk | undefined> {
  const parsed = fileSchema.safeParse(
    toJson((await readInside(dirname(file), file))?.toString('utf8') ?? ''),
  );
  if (!parsed.success) return undefined;
  const { stage, spent, began, savedAt, slide, now: savedNow } = parsed.data;
  const passed = Date.now() - savedAt;
  if (passed > RECENT_MS || passed < -AHEAD_MS) return undefined;
  const agoMs = Math.max(0, passed);
  const state = fromSavedStage(stage, now - savedNow - agoMs);
  // The deck may have been edited since.
  const found =
    slides.find((one) => slideKey(one) === slide) ??
    slides.find(({ h, v }) => h === state.position.h && v === state.position.v);
  if (found === undefined) return undefined;
  const position = { h: found.h, v: found.v, f: state.position.f };
  return { state: { ...state, position }, spent, began, agoMs };
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
