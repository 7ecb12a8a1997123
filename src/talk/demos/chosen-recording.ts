import { join } from 'node:path';
import type { Recording, UnreadableRecording } from '../../demo/recording/recording.ts';
import { LOCAL_RECORDING, RECORDING } from '../../runner/recorder/recording-folders.ts';
import { readRecordingFile } from './read-recording-file.ts';

/** The recording that a demo plays. */
export interface ChosenRecording {
  /** Its folder, absolute. */
  folder: string;
  recording: Recording | UnreadableRecording | undefined;
}

/**
 * The one that belongs to the deck, or that of the newest live run here: the newer one that is whole. Of the same sources, a run in
 * which fewer questions were asked is not shown in place of one with more.
 */
export async function chooseRecording(demoFolder: string): Promise<ChosenRecording> {
  const [own, local] = await Promise.all(
    [RECORDING, LOCAL_RECORDING].map((folder) => readRecordingFile(demoFolder, join(folder, 'run.cast'))),
  );
  const isLocal = isWhole(local) && (!isWhole(own) || isBetter(local, own));
  return isLocal
    ? { folder: join(demoFolder, LOCAL_RECORDING), recording: local }
    : { folder: join(demoFolder, RECORDING), recording: own };
}

function isWhole(recording: ChosenRecording['recording']): recording is Recording {
  return recording !== undefined && !('unreadable' in recording) && recording.isComplete;
}

function isBetter(local: Recording, own: Recording): boolean {
  if (local.timestamp < own.timestamp) return false;
  return local.facts?.sourcesHash !== own.facts?.sourcesHash || countAnswers(local) >= countAnswers(own);
}

/** How many questions were answered in it. */
export function countAnswers({ events }: Pick<Recording, 'events'>): number {
  return events.filter(({ type }) => type === 'answer').length;
}
