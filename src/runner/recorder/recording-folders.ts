/** In a demo's folder: the recording that belongs to the deck, which git keeps. */
export const RECORDING = 'recording';
/** In a demo's folder: the newest live run's, which git ignores. */
export const LOCAL_RECORDING = 'recording.local';

/** Written while the demo runs, and so part of neither its sources nor its images. */
export const RECORDING_FOLDERS: ReadonlySet<string> = new Set([RECORDING, LOCAL_RECORDING]);
