import { entryOf } from '../../../demo/run/entry-of.ts';
import { CastReader, parseRecording } from '../../../demo/recording/cast-reader.ts';
import type { DemoSummary } from '../../../demo/demo-summary.ts';
import type { Recording, UnreadableRecording } from '../../../demo/recording/recording.ts';

/** Where a file of a demo's recording is: at the server, or beside the pages of a published deck. */
export function recordingUrl({ name, recording }: DemoSummary, file: string): string {
  const published = entryOf(recording?.files ?? {}, file);
  return published ?? `/api/demos/${encodeURIComponent(name)}/recording/${encodeURIComponent(file)}`;
}

/** Why there is nothing to play, when nothing is wrong. */
export const NEVER_RECORDED = 'there is no recording of it yet';

/** Ms of reading after which the page gets its turn. */
const TURN = 12;
/** Characters that are read in some ms; a network brings them in pieces of any size. */
const PIECE = 65_536;

/**
 * Fetches a recording and reads it piece by piece, so that a big one neither freezes the page nor fills its memory. Never
 * throws: a panel without one says so and the talk goes on.
 */
export async function loadRecording(
  url: string,
  missing = NEVER_RECORDED,
): Promise<Recording | UnreadableRecording> {
  try {
    if (url.endsWith('.js')) return parseRecording(await readScript(url));
    const response = await fetchTwice(url);
    if (!response.ok || response.body === null) return { unreadable: missing };
    return await readAll(response.body);
  } catch {
    return { unreadable: 'it could not be loaded' };
  }
}

/** A page that was opened from a disk may fetch nothing, but it may run scripts: a published recording is one that holds its text. */
function readScript(url: string): Promise<string> {
  const script = document.createElement('script');
  return new Promise((resolve, reject) => {
    script.addEventListener('deckhand-text', (event) => resolve((event as CustomEvent<string>).detail));
    script.addEventListener('error', () => reject(new Error(url)));
    script.src = url;
    document.head.append(script);
  });
}

/** A laptop that changes its network breaks off what is being fetched, from its own address as well. */
async function fetchTwice(url: string): Promise<Response> {
  // No-cache: a run that ended well has replaced it.
  const get = () => fetch(url, { cache: 'no-cache' });
  return get().catch(get);
}

async function readAll(body: ReadableStream<Uint8Array>): Promise<Recording | UnreadableRecording> {
  const cast = new CastReader();
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let turn = performance.now();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const text = decoder.decode(read.value, { stream: true });
    for (let at = 0; at < text.length; at += PIECE) {
      cast.push(text.slice(at, at + PIECE));
      if (performance.now() - turn < TURN) continue;
      await new Promise((resolve) => setTimeout(resolve));
      turn = performance.now();
    }
    if (cast.isFull) break;
  }
  // The rest of what is too long is not even fetched.
  if (cast.isFull) await reader.cancel();
  cast.push(decoder.decode());
  return cast.end();
}
