import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { LogChunk } from './container-spec.ts';
import { toEngineError } from './http-api.ts';

const HEADER = 8;
const NONE = Buffer.alloc(0);

/**
 * Reads a container's two outputs out of the one stream in which the engine sends them; resolves when it has ended, or by the
 * abort. Frames have a header of eight bytes, the first telling which output, the last four the length.
 * Source: Engine API, `POST /containers/{id}/attach`, "Stream format".
 */
export async function readLogFrames(
  stream: Readable,
  onOutput: (chunk: LogChunk) => void,
  signal: AbortSignal,
): Promise<void> {
  /** The beginnings of characters whose end is still to come. */
  const begun: Record<LogChunk['stream'], Buffer> = { stdout: NONE, stderr: NONE };
  const cutter = new FrameCutter();
  // No iteration: a promise for each chunk would take as long as all the rest of the reading.
  stream.on('data', (chunk: Buffer) => {
    for (const { stream: name, bytes } of cutter.cut(chunk)) {
      const all = begun[name].length === 0 ? bytes : Buffer.concat([begun[name], bytes]);
      const end = endOfCharacters(all);
      begun[name] = end === all.length ? NONE : all.subarray(end);
      if (end > 0) onOutput({ stream: name, bytes: all.subarray(0, end) });
    }
  });
  try {
    await finished(stream, { writable: false });
  } catch (error) {
    // Whoever reads a log has asked for it until the abort, and the abort is no error for them.
    if (!signal.aborted) throw toEngineError(error, signal);
  }
}

/** Where the last whole character ends. In UTF-8 its first byte tells its length, and the others begin with 10. */
function endOfCharacters(bytes: Buffer): number {
  const { length } = bytes;
  for (let back = 1; back <= Math.min(3, length); back += 1) {
    const byte = bytes[length - back] ?? 0;
    if (byte < 0x80) return length;
    if (byte < 0xc0) continue;
    const size = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    return size > back ? length - back : length;
  }
  return length;
}

/** Takes the headers out of a stream of frames, wherever its chunks are cut. */
export class FrameCutter {
  readonly #header = Buffer.alloc(HEADER);
  /** How much of the header is there. */
  #known = 0;
  /** Bytes of the frame that are still to come. */
  #left = 0;

  /** What a chunk holds. Its bytes stay in it, moved over the headers: a copy of all that a container prints would slow it. */
  cut(chunk: Buffer): LogChunk[] {
    const pieces: { stream: LogChunk['stream']; start: number; end: number }[] = [];
    for (let at = 0; at < chunk.length;) {
      if (this.#left === 0) {
        at += this.#readHeader(chunk, at);
        continue;
      }
      const length = Math.min(this.#left, chunk.length - at);
      const stream = this.#header[0] === 2 ? 'stderr' : 'stdout';
      const before = pieces.at(-1);
      // Frames are a line each; joining neighbours saves most of the work of a service that prints a lot.
      if (before?.stream === stream) {
        chunk.copyWithin(before.end, at, at + length);
        before.end += length;
      } else pieces.push({ stream, start: at, end: at + length });
      this.#left -= length;
      at += length;
    }
    return pieces.map(({ stream, start, end }) => ({ stream, bytes: chunk.subarray(start, end) }));
  }

  #readHeader(chunk: Buffer, at: number): number {
    const length = chunk.copy(this.#header, this.#known, at);
    this.#known += length;
    if (this.#known < HEADER) return length;
    this.#known = 0;
    this.#left = this.#header.readUInt32BE(4);
    return length;
  }
}
