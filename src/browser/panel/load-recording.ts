import { parseRecording, type Recording, type UnreadableRecording } from '../../demo/recording.ts';

/** Where a demo's recorded files are served. */
export function recordingUrl(demo: string, file: string): string {
  return `/api/demos/${encodeURIComponent(demo)}/recording/${encodeURIComponent(file)}`;
}

/** Fetches a demo's recording. Never throws: a panel without one says so and the talk goes on. */
export async function loadRecording(demo: string): Promise<Recording | UnreadableRecording> {
  const response = await fetch(recordingUrl(demo, 'run.cast')).catch(() => undefined);
  if (response === undefined || !response.ok) return { unreadable: 'there is no recording of it yet' };
  return parseRecording(await response.text());
}
