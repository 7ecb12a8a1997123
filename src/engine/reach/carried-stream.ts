import { Duplex } from 'node:stream';
import { FrameCutter } from '../log-frames.ts';

/** A connection that a relay program carries (relay-programs.ts), over the input and output of its exec. */
export class CarriedStream extends Duplex {
  readonly #exec: Duplex;
  readonly #cutter = new FrameCutter();

  constructor(exec: Duplex) {
    super();
    this.#exec = exec;
    exec.on('data', (chunk: Buffer) => {
      if (!this.#onData(chunk)) exec.pause();
    });
    exec.once('end', () => this.push(null));
    exec.once('close', () => this.push(null));
    exec.once('error', (error) => this.destroy(error));
    // The program ends with the app's answer: nothing that is still written would arrive.
    this.once('end', () => this.destroy());
  }

  /** False when nobody reads as fast as it comes. */
  #onData(chunk: Buffer): boolean {
    let hasRoom = true;
    for (const { stream, bytes } of this.#cutter.cut(chunk)) {
      // What the program says of itself is not the app's answer.
      if (stream === 'stdout') hasRoom = this.push(bytes);
    }
    return hasRoom;
  }

  override _read(): void {
    this.#exec.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#sendFrame(chunk, done);
  }

  /** The client sends no more, and still wants its answer: an empty frame. */
  override _final(done: () => void): void {
    this.#sendFrame(Buffer.alloc(0), done);
  }

  #sendFrame(bytes: Buffer, done: () => void): void {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    this.#exec.cork();
    this.#exec.write(length);
    const hasRoom = this.#exec.write(bytes);
    this.#exec.uncork();
    if (hasRoom) done();
    else this.#exec.once('drain', done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#exec.destroy();
    done(error);
  }
}
