import { hashSources } from '../../runner/build/hash-sources.ts';
import { chooseRecording } from './chosen-recording.ts';

/** `stale`: of other sources than the demo's folder has now. */
export type RecordingState =
  | { kind: 'none' | 'cut-off' | 'stale' | 'fresh' }
  | { kind: 'unreadable'; why: string };

/** What is to be said of a demo's recording, as it is on disk now. */
export async function readRecordingState(demoFolder: string): Promise<RecordingState> {
  const { recording } = await chooseRecording(demoFolder);
  if (recording === undefined) return { kind: 'none' };
  if ('unreadable' in recording) return { kind: 'unreadable', why: recording.unreadable };
  if (!recording.isComplete) return { kind: 'cut-off' };
  const isFresh = recording.facts?.sourcesHash === (await hashSources(demoFolder));
  return { kind: isFresh ? 'fresh' : 'stale' };
}
