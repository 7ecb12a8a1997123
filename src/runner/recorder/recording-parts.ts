import { open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseRecording } from '../../demo/recording/cast-reader.ts';
import { isInstanceAlive } from '../instance.ts';

const PART = /^(?<id>.+)\.partial\.(?:cast|png)$/u;
/** A file without a header for longer than this was not just begun. */
const BEGUN_MS = 60_000;

/** Where a run is recorded until it is over: two runs, of two Deckhands even, never write into one file. */
export function toPartialFile(folder: string, id: string): string {
  return join(folder, `${id}.partial.cast`);
}

export function toPartialPicture(folder: string, id: string): string {
  return join(folder, `${id}.partial.png`);
}

/**
 * Removes what recorders that were killed left in a recording folder. With `keepNewest` the last of them stays, for whoever
 * wants to see how far it came; a recording that is complete needs none of them.
 */
export async function tidyParts(folder: string, { keepNewest }: { keepNewest: boolean }): Promise<void> {
  const names = await readdir(folder);
  const ids = new Set(names.flatMap((name) => PART.exec(name)?.groups?.['id'] ?? []));
  const parts = await Promise.all(
    [...ids].map(async (id) => ({ id, ...(await lookAt(toPartialFile(folder, id))) })),
  );
  const dead = parts.filter((part) => part.isDead).toSorted((a, b) => b.writtenAt - a.writtenAt);
  for (const { id } of keepNewest ? dead.slice(1) : dead) {
    await rm(toPartialFile(folder, id), { force: true });
    await rm(toPartialPicture(folder, id), { force: true });
  }
}

async function lookAt(file: string): Promise<{ isDead: boolean; writtenAt: number }> {
  const writtenAt = (await stat(file).catch(() => undefined))?.mtimeMs ?? 0;
  const recording = parseRecording(await readFirstLine(file));
  const owner = 'unreadable' in recording ? undefined : recording.facts?.unfinishedBy;
  const isDead = owner === undefined ? Date.now() - writtenAt > BEGUN_MS : !(await isInstanceAlive(owner));
  return { isDead, writtenAt };
}

/** Longer than any header. */
const HEADER_BYTES = 64_000;

/** Empty when there is none. */
async function readFirstLine(file: string): Promise<string> {
  // Gone meanwhile, or not ours to read.
  const handle = await open(file).catch(() => undefined);
  if (handle === undefined) return '';
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
    return buffer.toString('utf8', 0, bytesRead).split('\n', 1)[0] ?? '';
  } finally {
    await handle.close();
  }
}
