import * as z from 'zod/mini';
import { RUN_EVENT_VERSION, type RunEvent, type RunEventBody } from './run-event.ts';
import { parseRunEventBody } from './run-event-schema.ts';
import { terminalText } from './terminal-text.ts';

/** Our own event code in an asciicast v3 file; players must ignore codes that they don't know. */
const DECKHAND_CODE = 'd';

/** What a recording says of the run that it was made from; rides in the header's `deckhand` field. */
export interface RecordingFacts {
  formatVersion: number;
  demo: string;
  /** sha256 of the demo's files: a recording of other sources is stale. */
  sourcesHash: string;
  engine: string;
  builder: string;
  platform: string;
  imageIds: string[];
  /** Set when something real was replaced for the recording; shown in the badge. */
  standIn?: string;
  /** Who was writing it, from `nameInstance()`, while its run went on. A file that still says so was cut off. */
  unfinishedBy?: string;
}

export interface Recording {
  title: string;
  /** Unix seconds; 0 if the file doesn't say. */
  timestamp: number;
  cols: number;
  rows: number;
  facts: RecordingFacts | undefined;
  events: RunEvent[];
  /** False when the file has no exit event, or was never finished: the run was cut off. */
  isComplete: boolean;
  /** What was wrong with the file and could be passed over. */
  problems: string[];
}

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

const headerSchema = z.object({
  version: z.literal(3),
  term: z.object({ cols: z.number(), rows: z.number() }),
  timestamp: z.optional(z.catch(z.number().check(z.minimum(0), z.maximum(LATEST_DATE)), 0)),
  title: z.optional(z.string()),
  deckhand: z.optional(factsSchema),
});

/** Seconds; nobody waits longer, and sums stay finite. */
const LONGEST_INTERVAL = 1_000_000;

const lineSchema = z.tuple([z.number().check(z.maximum(LONGEST_INTERVAL)), z.string(), z.string()]);

/** The first line of a recording, line feed included. */
export function toCastHeader(head: Omit<Recording, 'events' | 'isComplete' | 'problems'>): string {
  const { title, timestamp, cols, rows, facts } = head;
  return `${JSON.stringify({ version: 3, term: { cols, rows }, timestamp, title, deckhand: facts })}\n`;
}

/**
 * Turns events into asciicast v3 lines, one call an event. Intervals are exact, because `at` is whole milliseconds, and
 * never negative, which players would not take.
 * Source: the asciicast v3 specification.
 */
export function createCastEncoder(): (event: RunEvent) => string {
  let before = 0;
  return (event) => {
    const at = Math.max(before, event.at);
    const interval = (at - before) / 1000;
    before = at;
    const lines = castLines(event);
    return lines.map((line, i) => `${JSON.stringify([i === 0 ? interval : 0, ...line])}\n`).join('');
  };
}

function castLines(event: RunEvent): [string, string][] {
  const { at: _at, ...body } = event;
  // The text of an output event stands only once, in the "o" that follows.
  const kept = body.type === 'output' ? { ...body, text: '' } : body;
  const lines: [string, string][] = [[DECKHAND_CODE, JSON.stringify(kept)]];
  const marker = markerOf(event);
  if (marker !== undefined) lines.push(['m', marker]);
  const text = terminalText(event);
  if (text !== '') lines.push(['o', text]);
  if (event.type === 'exit') lines.push(['x', String(event.status)]);
  return lines;
}

function markerOf(event: RunEvent): string | undefined {
  if (event.type === 'phase') return event.phase;
  if (event.type === 'step' && event.state !== 'done') return `${event.step}/${event.of} ${event.name}`;
  return undefined;
}

/** Why a recording can't be played at all. */
export interface UnreadableRecording {
  unreadable: string;
}

/** Reads a recording, passing over what is broken: a run that was cut off still plays as far as it goes. */
export function parseRecording(text: string): Recording | UnreadableRecording {
  const lines = text.split(/\r?\n/);
  const header = headerSchema.safeParse(parseJson(lines[0] ?? ''));
  if (!header.success) return { unreadable: 'its first line is no asciicast v3 header' };
  const facts = header.data.deckhand;
  if (facts !== undefined && facts.formatVersion > RUN_EVENT_VERSION) {
    return { unreadable: `it was made by a newer Deckhand (recording format ${facts.formatVersion})` };
  }
  const read = parseEvents(lines.slice(1), facts !== undefined);
  return {
    title: header.data.title ?? '',
    timestamp: header.data.timestamp ?? 0,
    cols: header.data.term.cols,
    rows: header.data.term.rows,
    facts: facts as RecordingFacts | undefined,
    ...read,
    isComplete: read.isComplete && facts?.unfinishedBy === undefined,
  };
}

function parseEvents(lines: string[], ours: boolean): Pick<Recording, 'events' | 'isComplete' | 'problems'> {
  const events: RunEvent[] = [];
  const problems: string[] = [];
  let seconds = 0;
  /** An output event that waits for its text. */
  let open: (RunEventBody & { type: 'output' }) | undefined;
  for (const [index, line] of lines.entries()) {
    if (line === '' || line.startsWith('#')) continue;
    const parsed = lineSchema.safeParse(parseJson(line));
    if (!parsed.success) {
      problems.push(`line ${index + 2} is not an event`);
      continue;
    }
    const [interval, code, data] = parsed.data;
    // Rounded after adding: other recorders count in microseconds, and ten thousand roundings would be seen.
    seconds += Math.max(0, interval);
    const at = Math.round(seconds * 1000);
    if (code === DECKHAND_CODE) {
      const body = parseRunEventBody(parseJson(data));
      open = body?.type === 'output' ? body : undefined;
      if (body === undefined) problems.push(`line ${index + 2} is an event that this Deckhand does not know`);
      else if (open === undefined) events.push({ at, ...body });
    } else if (code === 'o') {
      if (open !== undefined) events.push({ at, ...open, text: data });
      else if (!ours) events.push({ at, type: 'output', service: '', text: data });
      open = undefined;
    } else if (code === 'x' && !ours)
      events.push({ at, type: 'exit', status: Number.parseInt(data, 10) || 0 });
  }
  return { events, problems, isComplete: events.at(-1)?.type === 'exit' };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
