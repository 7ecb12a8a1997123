/** A terminal takes one piece without a pause: this much is some milliseconds of its work. */
const PIECE = 32_768;
/** More than a terminal's scrollback keeps. */
const MAX_WAITING = 1_000_000;

/** Colours, and a sequence that was cut, end here. */
const END_OF_SEQUENCES = '\u001B\\\u001B[0m\r\n';
const CUT = `${END_OF_SEQUENCES}… left out here …\r\n`;

/**
 * Reads a growing transcript piece by piece. A screen that falls behind skips what nobody could have read, and says how much.
 * Pure.
 */
export class TranscriptReader {
  #index = 0;
  #offset = 0;
  #counted = 0;
  #waiting = 0;

  /** What comes next, at most a piece of it; empty when all was read. */
  next(transcript: readonly string[], dropped = 0): string {
    const isLost = this.#index < dropped;
    if (isLost) this.#jump(dropped);
    for (; this.#counted < transcript.length; this.#counted += 1) {
      this.#waiting += transcript[this.#counted]?.length ?? 0;
    }
    let piece = this.#waiting > MAX_WAITING ? this.#skip(transcript) : isLost ? CUT : '';
    while (piece.length < PIECE && this.#index < transcript.length)
      piece += this.#read(transcript, PIECE - piece.length);
    return piece;
  }

  #read(transcript: readonly string[], most: number): string {
    const text = transcript[this.#index] ?? '';
    const part = text.slice(this.#offset, this.#offset + most);
    this.#offset += part.length;
    this.#waiting -= part.length;
    if (this.#offset >= text.length) {
      this.#index += 1;
      this.#offset = 0;
    }
    return part;
  }

  /** Goes on where there is text again, and counts anew from there. */
  #jump(index: number): void {
    this.#index = index;
    this.#offset = 0;
    this.#counted = index;
    this.#waiting = 0;
  }

  /** Drops from the front until half of what may wait is left. */
  #skip(transcript: readonly string[]): string {
    const before = this.#waiting;
    while (this.#waiting > MAX_WAITING / 2) this.#read(transcript, this.#waiting - MAX_WAITING / 2);
    return `${END_OF_SEQUENCES}… ${Math.ceil((before - this.#waiting) / 1000)} kB left out here …\r\n`;
  }
}
