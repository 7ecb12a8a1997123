import type { Readable } from 'node:stream';
import { toEngineError } from './http-api.ts';

/** One JSON value a line, as the engine streams builds and pulls. Lines and characters may be cut anywhere between chunks. */
export async function* readJsonLines(stream: Readable, signal: AbortSignal): AsyncGenerator {
  stream.setEncoding('utf8');
  let rest = '';
  try {
    for await (const chunk of stream) {
      const lines = (rest + String(chunk)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line.trim() !== '') yield JSON.parse(line);
    }
  } catch (error) {
    throw toEngineError(error, signal);
  }
  if (rest.trim() !== '') yield JSON.parse(rest);
}
