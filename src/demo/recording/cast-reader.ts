import { parseCastHeader, type CastVersion } from './cast-header.ts';
import {
  DECKHAND_CODE,
  type RecordedMarker,
  type Recording,
  type RecordingHead,
  type UnreadableRecording,
} from './recording.ts';
import { RUN_EVENT_VERSION, type RunEvent, type RunEventBody } from '../run/run-event.ts';
import { upgradeEvent } from './upgrade-event.ts';
import { parseRunEventBody } from '../run/run-event-schema.ts';

/** Characters of a recording that are read: hours of a terminal. What comes behind is left out, or a page would be full of it. */
const MAX_TEXT = 32_000_000;
/** A version 1 is one JSON text, read in one go: this much is a blink. */
const MAX_VERSION_1 = 8_000_000;
/** Nobody reads more of them. */
const MAX_PROBLEMS = 20;
/** Seconds; nobody waits longer, and sums stay finite. */
const LONGEST_INTERVAL = 1_000_000;

/** Reads a recording of asciicast version 1, 2 or 3 as its text comes: a big one must hold up neither page nor server. */
export class CastReader {
  /** True when nothing more is wanted: the rest of the text need not even be fetched. */
  isFull = false;
  #head: RecordingHead | undefined;
  #version: CastVersion = 3;
  #unreadable: UnreadableRecording | undefined;
  /** The beginning of a text that is no header line: perhaps a version 1. */
  #document: string | undefined;
  #rest = '';
  #line = 0;
  #length = 0;
  #seconds = 0;
  #events: RunEvent[] = [];
  #markers: RecordedMarker[] = [];
  #problems: string[] = [];
  /** Written by Deckhand: its text stands beside events that say more. */
  /** Of its events. */
  #format = RUN_EVENT_VERSION;
  #isOurs = false;
  /** An output event of ours that waits for its text. */
  #open: (RunEventBody & { type: 'output' }) | undefined;

  push(text: string): void {
    if (this.isFull) return;
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1 && !this.isFull; end = text.indexOf('\n', start)) {
      this.#take(this.#rest + text.slice(start, end));
      this.#rest = '';
      start = end + 1;
    }
    if (this.isFull) return;
    this.#rest += text.slice(start);
    // A line without an end is no recording either.
    if (this.#length + this.#rest.length > MAX_TEXT) this.#stop();
  }

  /** What was read, whatever the text lacks. */
  end(): Recording | UnreadableRecording {
    if (!this.isFull && this.#rest !== '') this.#take(this.#rest);
    this.#rest = '';
    if (this.#document !== undefined) this.#readDocument(this.#document);
    if (this.#unreadable !== undefined) return this.#unreadable;
    if (this.#head === undefined) return { unreadable: 'it is empty' };
    const isComplete = this.#isComplete(this.#head);
    const [events, markers, problems] = [this.#events, this.#markers, this.#problems];
    return { ...this.#head, events, markers, problems, isComplete };
  }

  /** Other recorders need not write how it ended. */
  #isComplete({ facts }: RecordingHead): boolean {
    if (facts?.unfinishedBy !== undefined) return false;
    return this.#events.at(-1)?.type === 'exit' || (!this.#isOurs && this.#problems.length === 0);
  }

  #take(raw: string): void {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    this.#line += 1;
    this.#length += raw.length + 1;
    if (this.#document !== undefined) this.#document += `${line}\n`;
    else if (this.#head === undefined) this.#readHead(line);
    else if (line !== '' && !line.startsWith('#')) this.#readEvent(parseJson(line));
    const most = this.#document === undefined ? MAX_TEXT : MAX_VERSION_1;
    if (this.#length > most) this.#stop();
  }

  #stop(): void {
    this.isFull = true;
    this.#rest = '';
    if (this.#head === undefined) this.#unreadable = { unreadable: 'its first line has no end' };
    this.#document = undefined;
    this.#problem(`it is longer than ${MAX_TEXT / 1_000_000} MB, and what comes after that is left out`);
  }

  #readHead(raw: string): void {
    // Editors put a byte order mark before the first line, people comments.
    const line = raw.replace(/^\uFEFF/u, '').trim();
    if (line === '' || line.startsWith('#')) return;
    const data = parseJson(line);
    // A version 1 is one JSON text, and may stand over several lines.
    if (data === undefined && line.startsWith('{')) {
      this.#document = `${line}\n`;
      return;
    }
    const header = parseCastHeader(data);
    if ('unreadable' in header) {
      this.#unreadable = header;
      this.isFull = true;
    } else if (header.version === 1) this.#document = line;
    else {
      this.#head = header.head;
      this.#isOurs = header.head.facts !== undefined;
      this.#format = header.head.facts?.formatVersion ?? RUN_EVENT_VERSION;
      this.#version = header.version;
    }
  }

  #readDocument(text: string): void {
    const data = parseJson(text);
    const header = parseCastHeader(data);
    if ('unreadable' in header || header.version !== 1) {
      this.#unreadable = 'unreadable' in header ? header : { unreadable: 'its header has several lines' };
      return;
    }
    this.#head = header.head;
    const { stdout } = data as { stdout?: unknown };
    for (const entry of Array.isArray(stdout) ? (stdout as unknown[]) : []) {
      const [delay, output] = Array.isArray(entry) ? (entry as unknown[]) : [];
      this.#readEvent([delay, 'o', output]);
    }
  }

  #readEvent(data: unknown): void {
    const [time, code, value] = Array.isArray(data) ? (data as unknown[]) : [];
    // The status of an exit is a number for some.
    const text = code === 'x' && typeof value === 'number' ? String(value) : value;
    if (
      typeof time !== 'number' ||
      time > LONGEST_INTERVAL ||
      typeof code !== 'string' ||
      typeof text !== 'string'
    ) {
      this.#problem(`line ${this.#line} is not an event`);
      return;
    }
    this.#passTime(time);
    if (code === DECKHAND_CODE) this.#readOwn(text);
    else if (this.#isOurs) this.#readText(code, text);
    else this.#readForeign(code, text);
    if (code === 'm') this.#markers.push({ at: this.#at, label: text });
  }

  /** Rounded after adding: other recorders count in microseconds, and ten thousand roundings would be seen. */
  get #at(): number {
    return Math.round(this.#seconds * 1000);
  }

  #passTime(time: number): void {
    const next = this.#version === 2 ? time : this.#seconds + time;
    if (next < this.#seconds) this.#problem(`time runs backwards in line ${this.#line}`);
    this.#seconds = Math.max(this.#seconds, next);
  }

  #readOwn(data: string): void {
    const body = parseRunEventBody(upgradeEvent(parseJson(data), this.#format));
    this.#open = body?.type === 'output' ? body : undefined;
    // The header of a run that never ended well has no facts.
    this.#isOurs ||= body !== undefined;
    if (body === undefined) this.#problem(`line ${this.#line} is an event that this Deckhand does not know`);
    else if (body.type !== 'output') this.#events.push({ at: this.#at, ...body });
  }

  #readText(code: string, text: string): void {
    if (code !== 'o') return;
    if (this.#open !== undefined) this.#events.push({ at: this.#at, ...asRecorded(this.#open, text) });
    this.#open = undefined;
  }

  #readForeign(code: string, text: string): void {
    const at = this.#at;
    if (code === 'o') this.#events.push({ at, type: 'output', service: '', text });
    else if (code === 'r') this.#events.push({ at, type: 'output', service: '', text: toResize(text) });
    else if (code === 'x') this.#events.push({ at, type: 'exit', status: Number.parseInt(text, 10) || 0 });
  }

  #problem(what: string): void {
    if (this.#problems.length < MAX_PROBLEMS) this.#problems.push(what);
  }
}

/** Reads a recording, passing over what is broken: a run that was cut off still plays as far as it goes. */
export function parseRecording(text: string): Recording | UnreadableRecording {
  const reader = new CastReader();
  reader.push(text);
  return reader.end();
}

/** `100x30` as the sequence that resizes a terminal. Source: xterm's control sequences, XTWINOPS 8. */
function toResize(size: string): string {
  const [, cols, rows] = /^(\d{1,3})x(\d{1,3})$/.exec(size) ?? [];
  return cols === undefined ? '' : `\u001b[8;${rows};${cols}t`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An output whose lines are named has its own text; else what was printed is its text, names included. */
function asRecorded(open: RunEventBody & { type: 'output' }, printed: string): RunEventBody {
  if (open.text !== '') return open;
  const { number: _printed, ...plain } = open;
  return { ...plain, text: printed };
}
