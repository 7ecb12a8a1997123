import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import type { LogChunk } from './engine.ts';
import { toEngineError } from './http-api.ts';

const HEADER = 8;

/**
 * The engine sends a container's two outputs in one stream: frames with a header of eight bytes, the first telling which,
 * the last four the length. Source: Engine API, `POST /containers/{id}/attach`, "Stream format".
 */
export async function* readLogFrames(stream: Readable, signal: AbortSignal): AsyncGenerator<LogChunk> {
  // A TextDecoder that is told of a stream takes more than twice as long (Node.js 20).
  const decoders = { stdout: new StringDecoder('utf8'), stderr: new StringDecoder('utf8') };
  let rest: Buffer = Buffer.alloc(0);
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const { frames, used } = cutFrames(rest);
      rest = rest.subarray(used);
      for (const { name, parts } of frames) {
        const text = decoders[name].write(joined(parts));
        if (text !== '') yield { stream: name, text };
      }
    }
  } catch (error) {
    // Whoever reads a log has asked for it until the abort, and the abort is no error for them.
    if (!signal.aborted) throw toEngineError(error, signal);
  }
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
