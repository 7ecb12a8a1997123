import { toAddress } from '../routes/deck-files.ts';
import type { ServerContext } from '../server-context.ts';
import type { ShownRecordings, ShownFiles } from './shown-files.ts';

/** What other devices may have of this machine's files: what slides show without their notes, and the demos' recordings. */
export function talkFiles(server: ServerContext): ShownFiles & ShownRecordings {
  const isKnown = (name: string) => server.demos().some((demo) => demo.name === name);
  return {
    openFile: server.openShownFile,
    openRecording: async (name, file) => (isKnown(name) ? server.openRecording(name, file) : undefined),
  };
}

/** A video of an hour is nothing for a relay. */
const MAX_BYTES = 64 * 1024 * 1024;

const RECORDING = /^\/follow\/demos\/([^/]+)\/(run\.cast|app\.png)$/;

/** Reads such a file by its address, for those who can't reach this machine. */
export function readTalkFile(
  files: ShownFiles & ShownRecordings,
): (path: string) => Promise<Uint8Array | undefined> {
  return async (path) => {
    if (!path.startsWith('/') || !URL.canParse(path, 'http://deck')) return undefined;
    const address = toAddress(new URL(path, 'http://deck').pathname);
    const [, name = '', file = ''] = RECORDING.exec(address) ?? [];
    await using opened = name === '' ? await files.openFile(address) : await files.openRecording(name, file);
    if (opened === undefined || opened.stats.size > MAX_BYTES) return undefined;
    return opened.handle.readFile();
  };
}
