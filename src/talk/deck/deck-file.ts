import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Diagnostic } from '../../deck/deck.ts';
import { messages } from '../../deck/messages/messages.ts';

/** A deck's text, or why it can't be read. */
export type DeckFile = { text: string; problem?: undefined } | { text?: undefined; problem: Diagnostic };

const MEGABYTE = 1_000_000;
const LIMIT_MEGABYTES = 50;

/** Reads a deck: it must be there, be a file, be UTF-8 and not be huge. */
export async function readDeckFile(path: string): Promise<DeckFile> {
  try {
    // What never ends (a FIFO, a device) is not even opened in a way that waits.
    await using file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const found = await file.stat();
    if (found.isDirectory()) return { problem: messages.unreadableFile(path, 'it is a folder') };
    if (!found.isFile()) return { problem: messages.unreadableFile(path, 'it is no regular file') };
    const megabytes = Math.ceil(found.size / MEGABYTE);
    if (megabytes >= LIMIT_MEGABYTES) return { problem: messages.tooBig(megabytes, LIMIT_MEGABYTES) };
    return decode(await file.readFile());
  } catch (error) {
    return { problem: readingProblem(path, error) };
  }
}

function readingProblem(path: string, error: unknown): Diagnostic {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return messages.missingFile(path);
  if (code === 'EISDIR') return messages.unreadableFile(path, 'it is a folder');
  if (code === 'EACCES' || code === 'EPERM') return messages.unreadableFile(path, 'access is not allowed');
  throw error;
}

function decode(bytes: Uint8Array): DeckFile {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { problem: messages.notUtf8(firstBadByte(bytes)) };
  }
}

/** The first place where decoding fails, found by halving. */
function firstBadByte(bytes: Uint8Array): { line: number; column: number } {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (isValid(bytes.subarray(0, middle))) good = middle;
    else bad = middle;
  }
  // A byte that could have begun a character only turns out bad with the next one.
  const before = new TextDecoder()
    .decode(bytes.subarray(0, good))
    .replace(/\uFFFD$/, '')
    .split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** With `stream`, a character that is cut off at the end is no error. */
function isValid(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
