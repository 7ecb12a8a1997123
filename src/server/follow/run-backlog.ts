import type { RunPiece } from '../../stage/audience.ts';

/** Of a run that prints much, a follower who comes late gets this much, in bytes: about what its terminal keeps. */
const MAX_BYTES = 1_000_000;

interface Piece {
  data: RunPiece;
  encoded: Buffer;
  /** Nothing but text: what can be left out when there is too much of it. */
  isText: boolean;
}

/** What a run has told so far, as it was sent: for followers who come in the middle of it. */
export class RunBacklog {
  #pieces: Piece[] = [];
  #bytes = 0;
  #joined: Buffer | undefined;

  add(data: RunPiece, encoded: Buffer): void {
    const isText = !data.isOver && data.events.every(({ type }) => type === 'output');
    this.#pieces.push({ data, encoded, isText });
    this.#bytes += encoded.length;
    this.#joined = undefined;
    while (this.#bytes > MAX_BYTES && this.#dropOldestText()) {
      // Until it fits.
    }
  }

  get pieces(): RunPiece[] {
    return this.#pieces.map(({ data }) => data);
  }

  /** The same bytes for every follower, put together once. */
  get encoded(): Buffer {
    this.#joined ??= Buffer.concat(this.#pieces.map(({ encoded }) => encoded));
    return this.#joined;
  }

  /** The newest piece stays, whatever its size. */
  #dropOldestText(): boolean {
    const oldest = this.#pieces.slice(0, -1).findIndex(({ isText }) => isText);
    if (oldest === -1) return false;
    const [dropped] = this.#pieces.splice(oldest, 1);
    this.#bytes -= dropped?.encoded.length ?? 0;
    return true;
  }
}
