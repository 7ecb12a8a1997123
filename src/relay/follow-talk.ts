import { AUDIENCE_VERSION, type AudienceMessage, type AudienceSnapshot } from '../stage/audience.ts';
import { Audience } from '../server/follow/audience.ts';
import { connectToRelay, type RelayConnection } from './connection.ts';
import { ask, PieceJoiner, type Whole } from './pieces.ts';
import type { RelayAddress } from './relay-address.ts';

/** How long whoever presents has for an answer, and how soon is asked again, in ms. */
const ANSWER_MS = 2000;
const AGAIN_MS = 500;
const FILE_MS = 10_000;

export interface FollowOptions {
  address: RelayAddress;
  /** The talk is there: called once, with what is kept up to date from then on. */
  onTalk(audience: Audience): void;
  report(line: string): void;
}

interface Now {
  format: string;
  /** Of the last message that is in the snapshot. */
  number: number;
  snapshot: AudienceSnapshot;
}

/** A talk that is presented elsewhere, as the relay tells it. */
export class RelayedTalk {
  readonly #options: FollowOptions;
  #connection: RelayConnection | undefined;
  #audience: Audience | undefined;
  #instance = '';
  #number = 0;
  #asking: Promise<void> | undefined;
  /** What came while we asked for everything. */
  #waiting: Whole[] = [];
  readonly #ended = new AbortController();

  constructor(options: FollowOptions) {
    this.#options = options;
  }

  /** Resolves when the relay's server answers; the talk itself may come later. */
  async open(): Promise<void> {
    const { address, report } = this.#options;
    const events = {
      onUp: () => {
        report(`connected to ${address.shown}`);
        if (this.#audience !== undefined) this.#askSoon();
      },
      onDown: (why = 'it is gone') => report(`${address.shown}: ${why}; trying again`),
    };
    this.#connection = await connectToRelay(address, events, this.#ended.signal);
    if (this.#connection === undefined) return;
    const { nats, subjects } = this.#connection;
    const joiner = new PieceJoiner();
    nats.subscribe(subjects.live, {
      callback: (_error, message) => {
        const whole = joiner.add(message);
        if (whole !== undefined) this.#hear(whole);
      },
    });
    this.#askSoon();
  }

  /** A file that the talk shows; undefined when there is none, or nobody answers. */
  async readFile(path: string): Promise<Uint8Array | undefined> {
    if (this.#connection === undefined) return undefined;
    const { nats, subjects } = this.#connection;
    const answer = await ask(nats, subjects.file, path, FILE_MS);
    return answer?.fields.get('found') === 'yes' ? answer.bytes : undefined;
  }

  async close(): Promise<void> {
    this.#ended.abort();
    await this.#connection?.nats.close();
  }

  #hear(whole: Whole): void {
    if (this.#asking !== undefined) return void this.#waiting.push(whole);
    const { fields, bytes } = whole;
    const number = Number(fields.get('number'));
    const isBeat = fields.get('beat') === 'yes';
    const isNext = fields.get('instance') === this.#instance && number === this.#number + (isBeat ? 0 : 1);
    // Missed something, or another process presents now: everything anew.
    if (!isNext) return this.#askSoon();
    if (isBeat) return;
    this.#number = number;
    this.#audience?.tell(parse(bytes) as AudienceMessage);
  }

  #askSoon(): void {
    this.#asking ??= this.#askNow().finally(() => {
      this.#asking = undefined;
      const waiting = this.#waiting;
      this.#waiting = [];
      for (const whole of waiting) if (this.#isNews(whole)) this.#hear(whole);
    });
  }

  #isNews({ fields }: Whole): boolean {
    return fields.get('instance') !== this.#instance || Number(fields.get('number')) > this.#number;
  }

  async #askNow(): Promise<void> {
    while (!this.#ended.signal.aborted && this.#connection !== undefined) {
      const { nats, subjects } = this.#connection;
      const answer = await ask(nats, subjects.now, '', ANSWER_MS).catch(() => undefined);
      if (answer !== undefined && this.#take(parse(answer.bytes) as Now)) return;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }

  #take({ format, number, snapshot }: Now): boolean {
    if (format !== AUDIENCE_VERSION) {
      this.#options.report('the talk is presented by another version of Deckhand: use the same one here');
      return false;
    }
    this.#number = number;
    this.#instance = snapshot.instance;
    if (this.#audience === undefined) {
      this.#audience = new Audience(snapshot);
      this.#options.onTalk(this.#audience);
    } else {
      this.#audience.replace(snapshot);
    }
    return true;
  }
}

function parse(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
}
