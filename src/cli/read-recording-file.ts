import { readFile } from 'node:fs/promises';
import { parseRecording, type Recording, type UnreadableRecording } from '../demo/recording.ts';

/** A recording on disk; undefined when there is none. */
export async function readRecordingFile(file: string): Promise<Recording | UnreadableRecording | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : parseRecording(text);
}
