import { randomBytes } from 'node:crypto';
import type { Msg } from '@nats-io/transport-node';
import { AUDIENCE_VERSION, type AudienceMessage } from '../stage/audience.ts';
import { Audience } from '../server/follow/audience.ts';
import { connectToRelay, type RelayConnection } from './connection.ts';
import type { RelayAddress } from './relay-address.ts';
import { PieceJoiner, type Whole } from './signed-pieces.ts';
import type { SnapshotMessage } from './snapshot-message.ts';
import type { Verify } from './talk-key.ts';

/** How soon is asked again when nothing has come, and how often at most when something always does; in ms. */
const AGAIN_MS = 1000;
/** Messages that are kept until everything has come. */
const MAX_WAITING = 10_000;
const FILE_AGAIN_MS = 1500;
const FILE_MS = 15_000;

export interface FollowOptions {
  address: RelayAddress;
  /** Tells the presenter's messages from anybody else's. */
  verify: Verify;
  /** The talk is there: called once, with what is kept up to date from then on. */
  onTalk(audience: Audience): void;
  report(line: string): void;
}

/** A talk that is presented elsewhere, as the relay tells it. What its presenter didn't sign is not heard. */
export class RelayedTalk {
  readonly #options: FollowOptions;
  /** What we call ourselves in a question; another each time, so that no old answer is taken for a new one. */
  #name = '';
  #connection: RelayConnection | undefined;
  #audience: Audience | undefined;
  #instance = '';
  /** Instances that have ended: what somebody sends again of them is old. */
  readonly #ended = new Set<string>();
  #number = 0;
  #isAsking = false;
  #askedAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  /** What came while we asked for everything. */
  #waiting: Whole[] = [];
  readonly #files = new Map<string, (whole: Whole) => void>();
  readonly #closed = new AbortController();

  constructor(options: FollowOptions) {
    this.#options = options;
  }

  /** Resolves when the relay's server answers; the talk itself may come later. */
  async open(): Promise<void> {
    const { address, report } = this.#options;
    const events = {
      onUp: () => {
        report(`connected to ${address.shown}`);
        if (this.#audience !== undefined) this.#ask();
      },
      onDown: (why = 'it is gone') => report(`${address.shown}: ${why}; trying again`),
    };
    this.#connection = await connectToRelay(address, events, this.#closed.signal);
    if (this.#connection === undefined) return;
    const { live, everything, fileAnswer } = this.#connection.subjects;
    this.#subscribe(live, (whole) => this.#hear(whole));
    this.#subscribe(everything, (whole) => this.#take(parse(whole.bytes) as SnapshotMessage));
    this.#subscribe(fileAnswer, (whole) =>
      this.#files.get(decodeURIComponent(whole.fields.get('path')))?.(whole),
    );
    this.#ask();
  }

  #subscribe(subject: string, hear: (whole: Whole) => void): void {
    const joiner = new PieceJoiner(this.#options.verify);
    const callback = (_error: Error | null, message: Msg) => {
      const whole = joiner.add(message);
      if (whole !== undefined) hear(whole);
    };
    this.#connection?.nats.subscribe(subject, { callback });
  }

  /** A file that the talk shows; undefined when there is none, or nobody answers. */
  async readFile(path: string): Promise<Uint8Array | undefined> {
    const { nats, subjects } = this.#connection ?? {};
    if (nats === undefined || subjects === undefined || this.#audience?.hasFile(path) !== true) {
      return undefined;
    }
    const ask = () => nats.publish(subjects.file, path);
    const again = setInterval(ask, FILE_AGAIN_MS);
    try {
      return await new Promise((resolve) => {
        const end = setTimeout(() => resolve(undefined), FILE_MS);
        this.#files.set(path, ({ fields, bytes }) => {
          if (fields.get('instance') !== this.#instance) return;
          clearTimeout(end);
          resolve(fields.get('found') === 'yes' ? bytes : undefined);
        });
        ask();
      });
    } finally {
      clearInterval(again);
      this.#files.delete(path);
    }
  }

  async close(): Promise<void> {
    this.#closed.abort();
    clearTimeout(this.#timer);
    await this.#connection?.nats.close();
  }

  #hear(whole: Whole): void {
    const { fields, bytes } = whole;
    if (this.#ended.has(fields.get('instance'))) return;
    if (this.#isAsking) {
      if (this.#waiting.length < MAX_WAITING) this.#waiting.push(whole);
      return;
    }
    const number = Number(fields.get('number'));
    const isBeat = fields.get('beat') === 'yes';
    const isOurs = fields.get('instance') === this.#instance;
    if (isOurs && number <= this.#number) return;
    // Missed something, or another process presents now: everything anew.
    if (!isOurs || isBeat || number !== this.#number + 1) return this.#ask();
    this.#number = number;
    this.#audience?.tell(parse(bytes) as AudienceMessage);
  }

  /** Asks for everything until it comes, and never more often than once in `AGAIN_MS`. */
  #ask(): void {
    if (!this.#isAsking) this.#name = randomBytes(12).toString('base64url');
    this.#isAsking = true;
    clearTimeout(this.#timer);
    const waitMs = Math.max(0, this.#askedAt + AGAIN_MS - performance.now());
    this.#timer = setTimeout(() => {
      const { nats, subjects } = this.#connection ?? {};
      if (this.#closed.signal.aborted || nats === undefined || subjects === undefined) return;
      this.#askedAt = performance.now();
      nats.publish(subjects.now, this.#name);
      this.#ask();
    }, waitMs);
  }

  #take({ format, number, snapshot, asking }: SnapshotMessage): void {
    if (!this.#isAsking || !asking.includes(this.#name)) return;
    if (format !== AUDIENCE_VERSION) {
      this.#options.report('the talk is presented by another version of Deckhand: use the same one here');
      return;
    }
    this.#isAsking = false;
    clearTimeout(this.#timer);
    if (this.#instance !== '' && this.#instance !== snapshot.instance) this.#ended.add(this.#instance);
    this.#number = number;
    this.#instance = snapshot.instance;
    if (this.#audience === undefined) {
      this.#audience = new Audience(snapshot);
      this.#options.onTalk(this.#audience);
    } else {
      this.#audience.replace(snapshot);
    }
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const whole of waiting) this.#hear(whole);
  }
}

function parse(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
}
