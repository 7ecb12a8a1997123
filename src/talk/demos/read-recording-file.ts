import { CastReader } from '../../demo/recording/cast-reader.ts';
import type { Recording, UnreadableRecording } from '../../demo/recording/recording.ts';
import { openInside } from '../../files/open-inside.ts';

/**
 * A recording in a demo's folder; undefined when there is none, or a link leads out of the folder. Read piece by piece: a big one must
 * not hold up the talk.
 */
export async function readRecordingFile(
  demoFolder: string,
  path: string,
): Promise<Recording | UnreadableRecording | undefined> {
  const reader = new CastReader();
  try {
    await using opened = await openInside(demoFolder, path);
    if (opened === undefined) return undefined;
    for await (const piece of opened.handle.createReadStream({ encoding: 'utf8', autoClose: false })) {
      reader.push(piece as string);
      if (reader.isFull) break;
    }
  } catch {
    return undefined;
  }
  return reader.end();
}
