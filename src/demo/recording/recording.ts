import type { RunEvent } from '../run/run-event.ts';
import { terminalText } from '../run/terminal-text.ts';

/** Our own event code in an asciicast v3 file; players must ignore codes that they don't know. */
export const DECKHAND_CODE = 'd';

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
  /** Silences longer than this are to be shortened to it, in ms, by the file's own wish. */
  idleLimitMs?: number;
  events: RunEvent[];
  /** Places that are worth stepping to, in the order of their times. */
  markers: RecordedMarker[];
  /** False when the file has no exit event, or was never finished: the run was cut off. */
  isComplete: boolean;
  /** What was wrong with the file and could be passed over: the first few of it. */
  problems: string[];
}

export interface RecordedMarker {
  /** Ms since the recording began. */
  at: number;
  label: string;
}

/** Why a recording can't be played at all. */
export interface UnreadableRecording {
  unreadable: string;
}

/** What the first line of a recording says. */
export type RecordingHead = Pick<
  Recording,
  'title' | 'timestamp' | 'cols' | 'rows' | 'facts' | 'idleLimitMs'
>;

/** The first line of a recording, line feed included. */
export function toCastHeader(head: RecordingHead): string {
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
  // The text of an output event stands only once, in the "o" that follows: but for one whose lines are named there.
  const isNamed = body.type === 'output' && (body.isNamed === true || (body.number ?? 1) > 1);
  const kept = body.type === 'output' && !isNamed ? { ...body, text: '' } : body;
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
