import { createInbox, headers, type Msg, type MsgHdrs, type NatsConnection } from '@nats-io/transport-node';

/** Room for headers in what the server takes as one message, in bytes. */
const HEADER_ROOM = 4096;
const PIECE = 'piece';
const OF = 'of';

/** Publishes bytes of any length: a NATS server takes a megabyte at once, a deck with its pictures in it may be larger. */
export function publishPieces(
  nats: NatsConnection,
  subject: string,
  bytes: Uint8Array,
  fields: Record<string, string> = {},
): void {
  const most = Math.max(1024, (nats.info?.max_payload ?? 1_048_576) - HEADER_ROOM);
  const count = Math.max(1, Math.ceil(bytes.length / most));
  for (let piece = 0; piece < count; piece += 1) {
    const head = headers();
    for (const [name, value] of Object.entries(fields)) head.set(name, value);
    head.set(PIECE, String(piece));
    head.set(OF, String(count));
    nats.publish(subject, bytes.subarray(piece * most, (piece + 1) * most), { headers: head });
  }
}

/** What came in pieces. */
export interface Whole {
  bytes: Uint8Array;
  fields: MsgHdrs;
}

/** Puts pieces together that come one after the other, as those of one publisher do. */
export class PieceJoiner {
  #pieces: Uint8Array[] = [];

  /** The whole when this was its last piece. A piece without those before it is dropped, and what follows it. */
  add({ data, headers: fields }: Msg): Whole | undefined {
    if (fields === undefined) return undefined;
    const [piece, of] = [Number(fields.get(PIECE)), Number(fields.get(OF))];
    if (piece === 0) this.#pieces = [];
    if (piece !== this.#pieces.length) {
      this.#pieces = [];
      return undefined;
    }
    this.#pieces.push(data);
    if (piece + 1 < of) return undefined;
    const bytes = Buffer.concat(this.#pieces);
    this.#pieces = [];
    return { bytes, fields };
  }
}

/** Asks who presents; undefined when nobody answers in time. */
export async function ask(
  nats: NatsConnection,
  subject: string,
  question: string,
  timeoutMs: number,
): Promise<Whole | undefined> {
  const inbox = createInbox();
  const answers = nats.subscribe(inbox);
  const timer = setTimeout(() => answers.unsubscribe(), timeoutMs);
  nats.publish(subject, question, { reply: inbox });
  const joiner = new PieceJoiner();
  try {
    for await (const message of answers) {
      // https://docs.nats.io/nats-concepts/core-nats/reqreply#no-responders
      if (message.headers?.code === 503) return undefined;
      timer.refresh();
      const whole = joiner.add(message);
      if (whole !== undefined) return whole;
    }
    return undefined;
  } finally {
    clearTimeout(timer);
    answers.unsubscribe();
  }
}
