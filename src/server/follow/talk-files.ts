import { Hono } from 'hono';
import type { ServerContext } from '../server-context.ts';
import { toAddress, toFileAddresses } from './file-addresses.ts';
import { recordingFiles, shownFiles, type RecordingFolders, type ShownFiles } from './shown-files.ts';

/** What other devices may have of this machine's files: what the deck names, and its demos' recordings. */
export function talkFiles(server: ServerContext): ShownFiles & RecordingFolders {
  const isKnown = (name: string) => server.demos().some((demo) => demo.name === name);
  return {
    folders: server.deckFolders,
    mayShow: (path) => toFileAddresses(server.deck.deck.files).includes(toAddress(path)),
    recordingFolder: (name) => (isKnown(name) ? server.recordingFolder(name) : undefined),
  };
}

/** A video of an hour is nothing for a relay. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Reads such a file by its address, for those who can't reach this machine. */
export function readTalkFile(
  files: ShownFiles & RecordingFolders,
): (path: string) => Promise<Uint8Array | undefined> {
  const app = new Hono();
  app.route('/', recordingFiles(files));
  app.route('/', shownFiles(files));
  // A recording that isn't there is no news for the speaker.
  app.onError((_error, { body }) => body(null, 404));
  return async (path) => {
    if (!path.startsWith('/') || !URL.canParse(path, 'http://deck')) return undefined;
    const answer = await app.request(path);
    const isSmall = Number(answer.headers.get('content-length') ?? 0) <= MOST_BYTES;
    if (answer.ok && isSmall) return new Uint8Array(await answer.arrayBuffer());
    await answer.body?.cancel();
    return undefined;
  };
}
