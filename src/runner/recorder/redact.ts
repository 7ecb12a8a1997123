import type { RunEvent } from '../../demo/run/run-event.ts';
import {
  createTextRedactor,
  cut,
  type Hidden,
  markFor,
  mergeRanges,
  type RedactOptions,
  type TextRedactor,
} from './redact-text.ts';

/** Takes secrets out of a run's events. What it can't decide yet it holds back, so ask it for the rest at the end. */
export interface Redactor {
  /** The events, in their order and with their times, that are safe to write now. */
  push(event: RunEvent): RunEvent[];
  end(): RunEvent[];
  /** For what is no event, such as a title. */
  text(text: string): string;
}

/** An event on its way. Output waits until all of its text is decided in each text that it is part of. */
interface Entry {
  event: RunEvent;
  /** In how many texts something of it is undecided. */
  open: number;
  /** Of an output event: where secrets stand in it. One that begins in an event before has a place below 0. */
  hidden: Hidden[];
}

/** A text in which a secret may stand, across the events that print it. */
interface Printed {
  /** What is not decided yet: of each event, the text from `from` on. */
  pending: { entry: Entry; text: string; from: number }[];
  /** The last character that was decided: whether a word begins after it. */
  before: string;
}

/** What prints, piece by piece. */
type TextEvent = RunEvent & { type: 'output' | 'shell' };

/** These name kinds, services and files; everything else that is text may hold a secret. */
const KEPT = new Set(['type', 'phase', 'state', 'between', 'service', 'code', 'file']);

export function createRedactor(options: RedactOptions): Redactor {
  const redact = createTextRedactor(options);
  const queue: Entry[] = [];
  const places = new Map<string, PrintedPlace>();
  const pushOutput = (event: TextEvent): void => {
    const key = event.type === 'shell' ? `shell of ${event.service}` : `${event.service}/${event.step ?? ''}`;
    const place = places.get(key) ?? new PrintedPlace();
    places.set(key, place);
    const entry: Entry = { event, open: 0, hidden: [] };
    queue.push(entry);
    if (event.text === '') return;
    for (const printed of place.partsOf(event)) {
      entry.open += 1;
      printed.pending.push({ entry, text: event.text, from: 0 });
      if (redact.mayDecide(event.text)) settle(printed, redact, false);
    }
  };
  const drain = (): RunEvent[] => {
    const open = queue.findIndex((entry) => entry.open > 0);
    return queue.splice(0, open === -1 ? queue.length : open).map(toSafe);
  };
  return {
    text: redact.text,
    push: (event) => {
      if (event.type === 'output' || event.type === 'shell') pushOutput(event);
      else queue.push({ event: redactEvent(event, redact.text), open: 0, hidden: [] });
      return drain();
    },
    end: () => {
      for (const place of places.values()) for (const printed of place.all) settle(printed, redact, true);
      return drain();
    },
  };
}

/**
 * Where a service, or one of its build steps, prints: all of it is one text on the screen, and each of its outputs is a text of
 * its own. A secret may be whole in either only. As long as there is one output, the two are the same.
 */
class PrintedPlace {
  readonly #together: Printed = { pending: [], before: '' };
  readonly #apart = new Map<string, Printed>();

  get all(): Iterable<Printed> {
    return this.#apart.size < 2 ? [this.#together] : [this.#together, ...this.#apart.values()];
  }

  /** The texts that an event is part of. */
  partsOf(event: TextEvent): Printed[] {
    const key = event.type === 'shell' ? '' : `${event.number ?? 1}/${event.isStderr ?? ''}`;
    const known = this.#apart.get(key);
    const output = known ?? { pending: [], before: '' };
    if (known === undefined) {
      if (this.#apart.size === 1) this.#part();
      this.#apart.set(key, output);
    }
    return this.#apart.size < 2 ? [this.#together] : [this.#together, output];
  }

  /** A second output begins: so far all was of the first. */
  #part(): void {
    for (const first of this.#apart.values()) {
      first.pending = [...this.#together.pending];
      first.before = this.#together.before;
      for (const { entry } of first.pending) entry.open += 1;
    }
  }
}

/** Finds what is decided of a text, and tells each event where secrets stand in it; `isEnd` decides all of it. */
function settle(printed: Printed, redact: TextRedactor, isEnd: boolean): void {
  const { before, pending } = printed;
  const text = before + pending.map((piece) => piece.text).join('');
  const decided = isEnd ? text.length : redact.decidedLength(text);
  const ranges = redact.ranges(text);
  let at = before.length;
  printed.pending = [];
  for (const { entry, text: own, from } of pending) {
    const until = Math.max(at, Math.min(decided, at + own.length));
    for (const range of ranges) {
      if (range.to <= at || range.from >= until) continue;
      entry.hidden.push({
        from: range.from - at + from,
        to: Math.min(range.to, until) - at + from,
        instead: range.from < at ? '' : markFor(text, range),
      });
    }
    if (until === at + own.length) entry.open -= 1;
    else printed.pending.push({ entry, text: own.slice(until - at), from: from + until - at });
    at += own.length;
  }
  if (decided > before.length) printed.before = text.slice(decided - 1, decided);
}

function toSafe({ event, hidden }: Entry): RunEvent {
  const inOrder = mergeRanges(hidden.toSorted((a, b) => a.from - b.from));
  if (event.type === 'shell') return { ...event, text: cut(event.text, inOrder) };
  if (event.type !== 'output') return event;
  const { isStderr: _isStderr, ...recorded } = event;
  return { ...recorded, text: cut(event.text, inOrder) };
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
