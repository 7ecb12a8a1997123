/** What screens may ask of the stage. Each change is described once, here: its type comes from its schema. */
import * as z from 'zod/mini';
import { FASTEST, PEN_COLOURS, SLOWEST } from './limits.ts';
import { namedEntries } from './named-entries.ts';

const index = z.int().check(z.minimum(0), z.maximum(100_000));
const fragment = z.int().check(z.minimum(-1), z.maximum(100_000));
/** Ms; twelve days of a recording. */
const place = z.number().check(z.minimum(0), z.maximum(1_000_000_000));
const speed = z.number().check(z.minimum(SLOWEST), z.maximum(FASTEST));
const line = z.int().check(z.minimum(0), z.maximum(10_000_000));
const name = z.string().check(z.maxLength(100));
/** A demo's name, or `cast:` and a file's path. */
const panel = z.string().check(z.maxLength(500));

const percent = z.number().check(z.minimum(0), z.maximum(100));

/** What `POST /api/stage/laser` takes: null puts the laser out. */
export const laserSchema = z.object({
  point: z.nullable(z.object({ x: percent, y: percent, isSpot: z.optional(z.boolean()) })),
});

/** What `POST /api/stage/speaker` takes. */
export const speakerSchema = z.object({ id: name.check(z.minLength(1)), isShown: z.boolean() });

const replayChanges = [
  /** Plays a recording from its beginning. */
  z.object({ type: z.literal('replay'), demo: panel, speed: z.exactOptional(speed) }),
  /** Puts the recording away. */
  z.object({ type: z.literal('replay-stop'), demo: panel }),
  /** With `orPlay` it plays from the beginning if nothing plays any more: one key does both. */
  z.object({
    type: z.literal('replay-pause'),
    demo: panel,
    isPaused: z.boolean(),
    orPlay: z.exactOptional(z.literal(true)),
  }),
  z.object({ type: z.literal('replay-speed'), demo: panel, speed }),
  z.object({ type: z.literal('replay-seek'), demo: panel, to: place }),
] as const;

const stageChanges = [
  /** By its `id` a window knows its own move again, and tells it from somebody else's to the same step. */
  z.object({
    type: z.literal('move'),
    position: z.object({ h: index, v: index, f: fragment }),
    id: z.exactOptional(name),
  }),
  z.object({ type: z.literal('pause'), isPaused: z.boolean() }),
  /** Black screens that say when the talk goes on. */
  z.object({ type: z.literal('break'), minutes: z.number().check(z.positive(), z.maximum(600)) }),
  z.object({ type: z.literal('overview'), isOverview: z.boolean() }),
  /** The deck's theme, or its other one: for a room that is too bright. */
  z.object({ type: z.literal('theme'), isOther: z.boolean() }),
  /** The hall's screens stay as they are. */
  z.object({ type: z.literal('freeze'), isFrozen: z.boolean() }),
  z.object({ type: z.literal('timer'), action: z.enum(['start', 'pause', 'reset', 'undo']) }),
  z.object({ type: z.literal('view'), demo: name, view: name }),
  z.object({ type: z.literal('scroll'), demo: panel, view: name, to: z.nullable(line) }),
  z.object({ type: z.literal('typed'), demo: name, text: z.string().check(z.maxLength(4000)) }),
  /** A speaker view shows the offer. */
  z.object({ type: z.literal('fallback-seen'), demo: name }),
  ...replayChanges,
] as const;

/**
 * Continues from the recording where the live run is, or keeps waiting for the run. Carried out by the safety net. `answers` is the
 * offer's `since`: once that offer has closed, nothing happens. Without it, it is asked at any time.
 */
const fallbackRequest = z.object({
  type: z.literal('fallback'),
  demo: name,
  take: z.boolean(),
  answers: z.exactOptional(z.number()),
});

/** What `POST /api/stage` takes. */
export const stageRequestSchema = z.discriminatedUnion('type', [...stageChanges, fallbackRequest]);

export type StageRequest = z.infer<typeof stageRequestSchema>;
export type FallbackRequest = z.infer<typeof fallbackRequest>;
/** What the server carries out by folding it into the stage. */
export type StageChange = z.infer<(typeof stageChanges)[number]>;
export type ReplayChange = z.infer<(typeof replayChanges)[number]>;

const drawn = { slide: z.string().check(z.maxLength(200)), by: name };
const pixels = z.array(z.number().check(z.minimum(-10_000), z.maximum(10_000)));

/** What `POST /api/stage/drawing` takes: what a pen does. `by` names the screen, which has drawn it already. */
export const drawingChangeSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('stroke'),
    ...drawn,
    id: name,
    colour: z.enum(PEN_COLOURS),
    points: pixels.check(z.maxLength(2000)),
  }),
  /** Removes the last line. */
  z.object({ type: z.literal('undo'), ...drawn }),
  z.object({ type: z.literal('wipe'), ...drawn }),
]);

export type DrawingChange = z.infer<typeof drawingChangeSchema>;

const stroke = z.object({ id: name, colour: z.enum(PEN_COLOURS), points: pixels });

/** A line on a slide; `points` are x, y, x, y, … in the slide's own pixels. */
export type Stroke = z.infer<typeof stroke>;

/** A talk's drawings as they are kept in a file. */
export const drawingsSchema = z.object({
  format: z.literal(1),
  slides: namedEntries(z.array(stroke)),
});
