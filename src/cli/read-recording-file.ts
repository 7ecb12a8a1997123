import { createReadStream } from 'node:fs';
import { CastReader } from '../demo/cast-reader.ts';
import type { Recording, UnreadableRecording } from '../demo/recording.ts';

/** A recording on disk; undefined when there is none. Read piece by piece: a big one must not hold up the talk. */
export async function readRecordingFile(file: string): Promise<Recording | UnreadableRecording | undefined> {
  const reader = new CastReader();
  try {
    for await (const piece of createReadStream(file, 'utf8')) {
      reader.push(piece as string);
      if (reader.isFull) break;
    }
  } catch {
    return undefined;
  }
  return reader.end();
}
