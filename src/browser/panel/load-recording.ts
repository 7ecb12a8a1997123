import type { DemoSummary } from '../../demo/demo-summary.ts';
import { parseRecording, type Recording, type UnreadableRecording } from '../../demo/recording.ts';

/** Where a file of a demo's recording is: at the server, or beside the pages of a published deck. */
export function recordingUrl({ name, recording }: DemoSummary, file: string): string {
  const published = recording?.files?.[file];
  return published ?? `/api/demos/${encodeURIComponent(name)}/recording/${encodeURIComponent(file)}`;
}

/** Fetches a demo's recording. Never throws: a panel without one says so and the talk goes on. */
export async function loadRecording(demo: DemoSummary): Promise<Recording | UnreadableRecording> {
  const text = await readText(recordingUrl(demo, 'run.cast'));
  return text === undefined ? { unreadable: 'there is no recording of it yet' } : parseRecording(text);
}

async function readText(url: string): Promise<string | undefined> {
  if (url.endsWith('.js')) return readScript(url);
  const response = await fetch(url).catch(() => undefined);
  return response?.ok === true ? response.text() : undefined;
}

/** A page that was opened from a disk may fetch nothing, but it may run scripts: a published recording is one that holds its text. */
function readScript(url: string): Promise<string | undefined> {
  const script = document.createElement('script');
  return new Promise((resolve) => {
    script.addEventListener('deckhand-text', (event) => resolve((event as CustomEvent<string>).detail));
    script.addEventListener('error', () => resolve(undefined));
    script.src = url;
    document.head.append(script);
  });
}
