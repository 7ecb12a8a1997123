import * as z from 'zod/mini';
import type { RecordingFacts, RecordingHead, UnreadableRecording } from './recording.ts';
import { RUN_EVENT_VERSION } from '../run/run-event.ts';

/** Times are seconds since the event before (version 3) or since the beginning (2). */
export type CastVersion = 2 | 3;

const factsSchema = z.object({
  formatVersion: z.number(),
  demo: z.string(),
  sourcesHash: z.string(),
  engine: z.string(),
  builder: z.string(),
  platform: z.string(),
  imageIds: z.array(z.string()),
  standIn: z.optional(z.string()),
  unfinishedBy: z.optional(z.string()),
});

/** Unix seconds; a `Date` can't hold a later one. */
const LATEST_DATE = 8_640_000_000_000;

/** A terminal of a million columns is a mistake or an attack. Recorders that have no terminal write 0, or no size at all. */
const sizeOr = (usual: number) =>
  z.pipe(
    z.catch(z.coerce.number().check(z.minimum(1)), usual),
    z.number().check(z.maximum(1000), z.overwrite(Math.floor)),
  );
const [cols, rows] = [sizeOr(80), sizeOr(24)];

const common = {
  timestamp: z.optional(z.catch(z.number().check(z.minimum(0), z.maximum(LATEST_DATE)), 0)),
  title: z.optional(z.catch(z.string(), '')),
  idle_time_limit: z.optional(z.catch(z.number().check(z.minimum(0.001)), Number.MAX_SAFE_INTEGER)),
};

const headerSchema = z.discriminatedUnion('version', [
  z.object({ ...common, version: z.literal(1), width: z.optional(cols), height: z.optional(rows) }),
  z.object({ ...common, version: z.literal(2), width: z.optional(cols), height: z.optional(rows) }),
  z.object({
    ...common,
    version: z.literal(3),
    term: z.nullish(z.object({ cols: z.optional(cols), rows: z.optional(rows) })),
    deckhand: z.optional(factsSchema),
  }),
]);

/** What a header says, by its format's version. Source: the asciicast specifications, versions 1 to 3. */
export function parseCastHeader(
  data: unknown,
): { head: RecordingHead; version: 1 | CastVersion } | UnreadableRecording {
  const parsed = headerSchema.safeParse(data);
  if (!parsed.success) return { unreadable: whyNot(data) };
  const header = parsed.data;
  const facts = header.version === 3 ? header.deckhand : undefined;
  if (facts !== undefined && facts.formatVersion > RUN_EVENT_VERSION) {
    return { unreadable: `it was made by a newer Deckhand (recording format ${facts.formatVersion})` };
  }
  const idle = header.idle_time_limit ?? Number.MAX_SAFE_INTEGER;
  const head: RecordingHead = {
    title: header.title ?? '',
    timestamp: header.timestamp ?? 0,
    cols: (header.version === 3 ? header.term?.cols : header.width) ?? 80,
    rows: (header.version === 3 ? header.term?.rows : header.height) ?? 24,
    facts: facts as RecordingFacts | undefined,
    ...(idle === Number.MAX_SAFE_INTEGER ? {} : { idleLimitMs: idle * 1000 }),
  };
  return { head, version: header.version };
}

function whyNot(data: unknown): string {
  const version = typeof data === 'object' && data !== null && 'version' in data ? data.version : undefined;
  if (typeof version === 'number' && ![1, 2, 3].includes(version)) {
    return `it is asciicast version ${version}, and Deckhand reads versions 1 to 3`;
  }
  return 'its first line is no asciicast header';
}
