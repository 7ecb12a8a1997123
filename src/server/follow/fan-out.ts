import type { ServerResponse } from 'node:http';
import type { Audience } from './audience.ts';

/** What may wait for one follower beside its greeting, in bytes: one that reads so slowly does better to come again. */
const MAX_WAITING = 512 * 1024;
/** Longer than this the speaker's own screens must not wait for the audience, in ms. */
const SLICE_MS = 4;
/** How often everybody hears that we are there, in ms: as in ../event-stream.ts. */
const BEAT_MS = 3000;
/** How often one that reads nothing is looked for, in ms. */
const LOOK_MS = 15_000;

const ALIVE = Buffer.from('event: alive\ndata: ""\n\n');

interface Follower {
  response: ServerResponse;
  /** Number of the last message that its greeting held. */
  since: number;
  /** Bytes that may wait for it. */
  allowance: number;
  /** What waited for it when it was last looked at. */
  waited: number;
}

interface Job {
  chunk: Buffer;
  /** Jobs of one kind replace each other while they wait; undefined for what must not be left out. */
  kind: string | undefined;
  number: number;
}

export interface FanOutOptions {
  /** Called when somebody came or went. */
  onChange?: () => void;
  mostWaiting?: number;
}

/**
 * Sends each message to every follower: encoded once, in slices between which everything else has its turn. Who doesn't read is
 * dropped, not waited for: its browser connects again and gets everything as it is then.
 */
export class FanOut {
  readonly #followers = new Set<Follower>();
  readonly #onChange: () => void;
  readonly #mostWaiting: number;
  readonly #timers: readonly NodeJS.Timeout[];
  #jobs: Job[] = [];
  #number = 0;
  /** Those whom the first job has not reached yet. */
  #rest: Follower[] | undefined;

  constructor({ onChange = () => {}, mostWaiting = MAX_WAITING }: FanOutOptions = {}) {
    this.#onChange = onChange;
    this.#mostWaiting = mostWaiting;
    this.#timers = [
      setInterval(() => this.send(ALIVE, 'alive'), BEAT_MS),
      setInterval(() => this.#lookAround(), LOOK_MS),
    ];
    for (const timer of this.#timers) timer.unref();
  }

  get size(): number {
    return this.#followers.size;
  }

  /** From here on the response gets every message; `greeting` is all that was told before. */
  join(response: ServerResponse, greeting: readonly Buffer[]): void {
    const bytes = greeting.reduce((sum, chunk) => sum + chunk.length, 0);
    const follower = { response, since: this.#number, allowance: this.#mostWaiting + bytes, waited: 0 };
    for (const chunk of greeting) response.write(chunk);
    this.#followers.add(follower);
    response.on('close', () => this.#leave(follower));
    response.on('error', () => this.#leave(follower));
    this.#onChange();
  }

  /** To everybody, soon: whoever sent the message goes on at once. */
  send(chunk: Buffer, kind?: string): void {
    this.#number += 1;
    const isBegun = (job: Job, index: number) => index === 0 && this.#rest !== undefined;
    if (kind !== undefined)
      this.#jobs = this.#jobs.filter((job, index) => job.kind !== kind || isBegun(job, index));
    this.#jobs.push({ chunk, kind, number: this.#number });
    if (this.#jobs.length === 1) setImmediate(() => this.#work());
  }

  close(): void {
    for (const timer of this.#timers) clearInterval(timer);
    for (const { response } of this.#followers) response.destroy();
  }

  #work(): void {
    const began = performance.now();
    for (let job = this.#jobs[0]; job !== undefined; job = this.#jobs[0]) {
      this.#rest ??= [...this.#followers];
      for (let follower = this.#rest.pop(); follower !== undefined; follower = this.#rest.pop()) {
        if (follower.since < job.number) this.#write(follower, job.chunk);
        if (this.#rest.length % 32 === 0 && performance.now() - began > SLICE_MS) {
          setImmediate(() => this.#work());
          return;
        }
      }
      this.#rest = undefined;
      this.#jobs.shift();
    }
  }

  #write(follower: Follower, chunk: Buffer): void {
    const { response, allowance } = follower;
    if (!this.#followers.has(follower)) return;
    if (response.writableLength > allowance) this.#drop(follower);
    else response.write(chunk);
  }

  /** Whoever has read nothing of what waits since the last look is asleep or gone. */
  #lookAround(): void {
    for (const follower of this.#followers) {
      const waiting = follower.response.writableLength;
      if (waiting > 0 && waiting >= follower.waited && follower.waited > 0) this.#drop(follower);
      else follower.waited = waiting;
    }
  }

  #drop(follower: Follower): void {
    follower.response.destroy();
    this.#leave(follower);
  }

  #leave(follower: Follower): void {
    if (this.#followers.delete(follower)) this.#onChange();
  }
}

/** Every message of the talk to every follower. */
export function sendAll(audience: Audience, fanOut: FanOut): void {
  audience.listen(({ event }, encoded) => fanOut.send(encoded, isWhole(event) ? event : undefined));
}

/** Whether a message says all there is to say: an older one of its kind need not be sent. */
function isWhole(event: string): boolean {
  return event === 'stage' || event === 'demos' || event === 'laser';
}
