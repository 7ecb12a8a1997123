import * as z from 'zod/mini';
import { namedEntries } from './named-entries.ts';
import { FASTEST, SLOWEST } from './replay-state.ts';
import { PEN_COLOURS } from './drawing.ts';

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
export const laserSchema = z.object({ point: z.nullable(z.object({ x: percent, y: percent })) });

/** What `POST /api/stage/speaker` takes. */
export const speakerSchema = z.object({ id: name.check(z.minLength(1)), isShown: z.boolean() });

/** What `POST /api/stage` takes; `StageChange` in the form that can be checked. */
export const stageChangeSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('move'), position: z.object({ h: index, v: index, f: fragment }) }),
  z.object({ type: z.literal('pause'), isPaused: z.boolean() }),
  z.object({ type: z.literal('overview'), isOverview: z.boolean() }),
  z.object({ type: z.literal('timer'), action: z.enum(['start', 'pause', 'reset', 'undo']) }),
  z.object({ type: z.literal('view'), demo: name, view: name }),
  z.object({ type: z.literal('scroll'), demo: panel, view: name, to: z.nullable(line) }),
  z.object({ type: z.literal('typed'), demo: name, text: z.string().check(z.maxLength(4000)) }),
  z.object({ type: z.literal('replay'), demo: panel, speed: z.optional(speed) }),
  z.object({ type: z.literal('replay-stop'), demo: panel }),
  z.object({
    type: z.literal('replay-pause'),
    demo: panel,
    isPaused: z.boolean(),
    orPlay: z.optional(z.literal(true)),
  }),
  z.object({ type: z.literal('replay-speed'), demo: panel, speed }),
  z.object({ type: z.literal('replay-seek'), demo: panel, to: place }),
  z.object({ type: z.literal('fallback'), demo: name, take: z.boolean(), answers: z.optional(z.number()) }),
  z.object({ type: z.literal('fallback-seen'), demo: name }),
]);

const drawn = { slide: z.string().check(z.maxLength(200)), by: name };
const pixels = z.array(z.number().check(z.minimum(-10_000), z.maximum(10_000)));

/** What `POST /api/stage/drawing` takes; `DrawingChange` in the form that can be checked. */
export const drawingChangeSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('stroke'),
    ...drawn,
    id: name,
    colour: z.enum(PEN_COLOURS),
    points: pixels.check(z.maxLength(2000)),
  }),
  z.object({ type: z.literal('undo'), ...drawn }),
  z.object({ type: z.literal('wipe'), ...drawn }),
]);

const stroke = z.object({ id: name, colour: z.enum(PEN_COLOURS), points: pixels });

/** A talk's drawings as they are kept in a file; `Drawings` in the form that can be checked. */
export const drawingsSchema = z.object({
  format: z.literal(1),
  slides: namedEntries(z.array(stroke)),
});
