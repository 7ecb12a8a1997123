import type { Readable } from 'node:stream';
import type { LogChunk } from './engine.ts';
import { toEngineError } from './http-api.ts';

const HEADER = 8;

/**
 * The engine sends a container's two outputs in one stream: frames with a header of eight bytes, the first telling which,
 * the last four the length. Source: Engine API, `POST /containers/{id}/attach`, "Stream format".
 */
export async function* readLogFrames(stream: Readable, signal: AbortSignal): AsyncGenerator<LogChunk> {
  /** The beginnings of characters whose end is still to come. */
  const begun: Record<LogChunk['stream'], Buffer> = { stdout: Buffer.alloc(0), stderr: Buffer.alloc(0) };
  let rest: Buffer = Buffer.alloc(0);
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const { frames, used } = cutFrames(rest);
      rest = rest.subarray(used);
      for (const { name, parts } of frames) {
        const all = joined(begun[name].length === 0 ? parts : [begun[name], ...parts]);
        const end = endOfCharacters(all);
        begun[name] = all.subarray(end);
        if (end > 0) yield { stream: name, bytes: all.subarray(0, end) };
      }
    }
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

function joined(parts: Buffer[]): Buffer {
  const [first] = parts;
  return parts.length === 1 && first !== undefined ? first : Buffer.concat(parts);
}

export interface Cut {
  frames: { name: LogChunk['stream']; parts: Buffer[] }[];
  used: number;
}

/** The whole frames at the beginning of a buffer, and how many bytes they are. */
export function cutFrames(buffer: Buffer): Cut {
  const frames: Cut['frames'] = [];
  let used = 0;
  while (buffer.length - used >= HEADER) {
    const end = used + HEADER + buffer.readUInt32BE(used + 4);
    if (end > buffer.length) break;
    const name = buffer[used] === 2 ? 'stderr' : 'stdout';
    const bytes = buffer.subarray(used + HEADER, end);
    const before = frames.at(-1);
    // Frames are a line each; joining neighbours saves most of the work of a service that prints a lot.
    if (before?.name === name) before.parts.push(bytes);
    else frames.push({ name, parts: [bytes] });
    used = end;
  }
  return { frames, used };
}
