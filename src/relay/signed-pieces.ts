import { headers, type Msg, type MsgHdrs, type NatsConnection } from '@nats-io/transport-node';
import type { Sign, Verify } from './talk-key.ts';

/** Room for headers in what the server takes as one message, in bytes. */
const HEADER_ROOM = 4096;
const PIECE = 'piece';
const OF = 'of';
const SIGNATURE = 'signature';
/** A deck with its pictures in it has a few megabytes; what claims to be larger is nobody's talk. */
const MAX_BYTES = 128 * 1024 * 1024;

/**
 * Publishes bytes of any length: a NATS server takes a megabyte at once, a deck with its pictures in it may be larger. Each
 * piece is signed, with its subject and its fields, so that nobody else's can be put among them.
 */
export function publishPieces(
  { nats, sign }: { nats: NatsConnection; sign: Sign },
  subject: string,
  bytes: Uint8Array,
  fields: Record<string, string> = {},
): void {
  const most = Math.max(1024, (nats.info?.max_payload ?? 1_048_576) - HEADER_ROOM);
  const count = Math.max(1, Math.ceil(bytes.length / most));
  for (let piece = 0; piece < count; piece += 1) {
    const data = bytes.subarray(piece * most, (piece + 1) * most);
    const head = headers();
    for (const [name, value] of Object.entries(fields)) head.set(name, value);
    head.set(PIECE, String(piece));
    head.set(OF, String(count));
    head.set(SIGNATURE, Buffer.from(sign(toSigned(subject, head, data))).toString('base64url'));
    nats.publish(subject, data, { headers: head });
  }
}

/** What came in pieces. */
export interface Whole {
  bytes: Uint8Array;
  fields: MsgHdrs;
}

/** Puts pieces together that come one after the other, as those of one publisher do; drops what the presenter did not sign. */
export class PieceJoiner {
  readonly #verify: Verify;
  #pieces: Uint8Array[] = [];
  #size = 0;

  constructor(verify: Verify) {
    this.#verify = verify;
  }

  /** The whole when this was its last piece. A piece without those before it is dropped, and what follows it. */
  add({ subject, data, headers: fields }: Msg): Whole | undefined {
    if (fields === undefined || !this.#isSigned(subject, fields, data)) return undefined;
    const [piece, of] = [Number(fields.get(PIECE)), Number(fields.get(OF))];
    if (piece === 0) this.#clear();
    this.#size += data.length;
    if (piece !== this.#pieces.length || this.#size > MAX_BYTES) {
      this.#clear();
      return undefined;
    }
    this.#pieces.push(data);
    if (piece + 1 < of) return undefined;
    const bytes = Buffer.concat(this.#pieces);
    this.#clear();
    return { bytes, fields };
  }

  #isSigned(subject: string, fields: MsgHdrs, data: Uint8Array): boolean {
    const signature = Buffer.from(fields.get(SIGNATURE), 'base64url');
    return signature.length === 64 && this.#verify(toSigned(subject, fields, data), signature);
  }

  #clear(): void {
    this.#pieces = [];
    this.#size = 0;
  }
}

/** Everything of a message that means something, in one order, each part with its length. */
function toSigned(subject: string, fields: MsgHdrs, data: Uint8Array): Uint8Array {
  const names = fields
    .keys()
    .filter((name) => name !== SIGNATURE)
    .toSorted();
  const text = JSON.stringify([subject, names.map((name) => [name, fields.values(name)])]);
  return Buffer.concat([Buffer.from(`${text}\n`), data]);
}
