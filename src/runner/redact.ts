import type { RunEvent } from '../demo/run-event.ts';
import { createTextRedactor, cut, type RedactOptions, type TextRedactor } from './redact-text.ts';

/** Takes secrets out of a run's events. What it can't decide yet it holds back, so ask it for the rest at the end. */
export interface Redactor {
  /** The events, in their order and with their times, that are safe to write now. */
  push(event: RunEvent): RunEvent[];
  end(): RunEvent[];
  /** For what is no event, such as a title. */
  text(text: string): string;
}

/** An event on its way. Output waits until all of its text is decided. */
interface Entry {
  event: RunEvent;
  /** Of an output event: what is decided of its text. */
  text: string;
  isOpen: boolean;
}

/** What one service, or one of its build steps, prints: the place where a secret may be cut in two. */
interface Stream {
  pending: { entry: Entry; text: string }[];
  /** The last character that was decided: whether a word begins after it. */
  before: string;
}

/** These name kinds, services and files; everything else that is text may hold a secret. */
const KEPT = new Set(['type', 'phase', 'state', 'between', 'service', 'code', 'file']);

export function createRedactor(options: RedactOptions): Redactor {
  const redact = createTextRedactor(options);
  const queue: Entry[] = [];
  const streams = new Map<string, Stream>();
  const pushOutput = (event: RunEvent & { type: 'output' }): void => {
    const key = `${event.service}/${event.step ?? ''}`;
    const stream = streams.get(key) ?? { pending: [], before: '' };
    streams.set(key, stream);
    const entry = { event, text: '', isOpen: event.text !== '' };
    queue.push(entry);
    if (entry.isOpen) stream.pending.push({ entry, text: event.text });
    if (redact.mayDecide(event.text)) settle(stream, redact, false);
  };
  const drain = (): RunEvent[] => {
    const open = queue.findIndex(({ isOpen }) => isOpen);
    const done = queue.splice(0, open === -1 ? queue.length : open);
    return done.map(({ event, text }) => (event.type === 'output' ? { ...event, text } : event));
  };
  return {
    text: redact.text,
    push: (event) => {
      if (event.type === 'output') pushOutput(event);
      else queue.push({ event: redactEvent(event, redact.text), text: '', isOpen: false });
      return drain();
    },
    end: () => {
      for (const stream of streams.values()) settle(stream, redact, true);
      return drain();
    },
  };
}

/** Gives each event of a stream what is decided of its text; `isEnd` decides all of it. */
function settle(stream: Stream, redact: TextRedactor, isEnd: boolean): void {
  const { before, pending } = stream;
  const text = before + pending.map((piece) => piece.text).join('');
  const decided = isEnd ? text.length : redact.decidedLength(text);
  const ranges = redact.ranges(text);
  let at = before.length;
  stream.pending = [];
  for (const { entry, text: own } of pending) {
    const until = Math.max(at, Math.min(decided, at + own.length));
    entry.text += cut(text, at, until, ranges);
    entry.isOpen = until < at + own.length;
    if (entry.isOpen) stream.pending.push({ entry, text: own.slice(until - at) });
    at += own.length;
  }
  if (decided > before.length) stream.before = text.slice(decided - 1, decided);
}

function redactEvent(event: RunEvent, redact: (text: string) => string): RunEvent {
  return event.type === 'snapshot' ? event : (redactValue(event, redact) as RunEvent);
}

function redactValue(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((item) => redactValue(item, redact));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [
    key,
    KEPT.has(key) ? item : redactValue(item, redact),
  ]);
  return Object.fromEntries(entries);
}
