import { createDebug } from '../debug/debug.ts';
import type { RunEvent, RunEventBody, RunSource } from '../demo/run/run-event.ts';

export interface RunLogLimits {
  /** Characters of output that are kept from the beginning. */
  head: number;
  /** Characters of output that are kept from the end. */
  tail: number;
}

const debug = createDebug('run');

const LIMITS: RunLogLimits = { head: 4_000_000, tail: 12_000_000 };

/**
 * A run's events, for any number of readers, early or late. Output is bounded: of a run that prints for hours the beginning
 * and the end are kept. What is dropped keeps its place as an event without text, so that numbers never shift.
 */
export class RunLog implements RunSource {
  readonly #events: RunEvent[] = [];
  readonly #now: () => number;
  readonly #began: number;
  readonly #limits: RunLogLimits;
  #isClosed = false;
  /** Readers that have read everything. */
  readonly #waiting = new Set<() => void>();
  #headEnd: number | undefined;
  #size = 0;
  #dropped = 0;
  #nextToDrop = 0;

  constructor(now: () => number, limits: RunLogLimits = LIMITS) {
    this.#now = now;
    this.#began = now();
    this.#limits = limits;
  }

  /** Adds an event; nothing is added after `exit`. */
  push(body: RunEventBody): void {
    const last = this.#events.at(-1)?.at ?? 0;
    this.append({ at: Math.max(last, Math.round(this.#now() - this.#began)), ...body });
  }

  /** Adds an event that has its time. */
  append(event: RunEvent): void {
    if (this.#isClosed) return;
    this.#events.push(event);
    const isText = event.type === 'output' || event.type === 'shell';
    if (isText) this.#bound(event.text.length);
    else debug(() => toDebugLine(event));
    if (event.type === 'exit') this.#isClosed = true;
    for (const wake of this.#waiting) wake();
  }

  async *events(from: number, signal: AbortSignal): AsyncGenerator<RunEvent> {
    for (let index = from; !signal.aborted; index += 1) {
      while (index >= this.#events.length) {
        if (this.#isClosed || signal.aborted) return;
        await this.#nextChange(signal);
      }
      const event = this.#events[index];
      if (event !== undefined) yield event;
    }
  }

  /** Leaves nothing behind: a run that prints for hours is waited for many times. */
  async #nextChange(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#waiting.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  #bound(length: number): void {
    this.#size += length;
    if (this.#headEnd === undefined && this.#size >= this.#limits.head) {
      this.#headEnd = this.#events.length;
      this.#nextToDrop = this.#events.length;
    }
    while (this.#size - this.#dropped > this.#limits.head + this.#limits.tail) {
      if (this.#nextToDrop >= this.#events.length - 1) return;
      this.#drop(this.#nextToDrop);
      this.#nextToDrop += 1;
    }
  }

  #drop(index: number): void {
    const event = this.#events[index];
    if (event?.type !== 'output' && event?.type !== 'shell') return;
    this.#dropped += event.text.length;
    this.#events[index] = { ...event, text: '' };
    const first = this.#events[this.#headEnd ?? 0];
    if (first?.type === 'output' || first?.type === 'shell') {
      const megabytes = (this.#dropped / 1e6).toFixed(1);
      this.#events[this.#headEnd ?? 0] = { ...first, text: `\n… ${megabytes} MB left out here …\n` };
    }
  }
}

/** Its names, without what a container or a person said. */
function toDebugLine(body: RunEventBody): string {
  const phase = 'phase' in body ? ` ${body.phase}` : '';
  const service = 'service' in body ? ` ${body.service}` : '';
  return body.type + phase + service;
}
