import { constants } from 'node:fs';
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A key is a line. */
const MAX_BYTES = 10_000;
const READ = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

export interface PrivateFile {
  text: string;
  /** When it was written or last used, in ms since 1970. */
  usedAt: number;
}

/** A file that only this account can read; undefined when there is none, or others could have read or written it. */
export async function readPrivate(file: string): Promise<PrivateFile | undefined> {
  const handle = await open(file, READ).catch(() => undefined);
  if (handle === undefined) return undefined;
  try {
    const stats = await handle.stat();
    const isOurs = process.platform === 'win32' || stats.uid === process.getuid?.();
    const isPrivate = process.platform === 'win32' || (stats.mode & 0o077) === 0;
    if (!stats.isFile() || stats.size > MAX_BYTES || !isOurs || !isPrivate) return undefined;
    return { text: await handle.readFile('utf8'), usedAt: stats.mtimeMs };
  } catch {
    return undefined;
  } finally {
    await handle.close();
  }
}

/** Writes such a file, whole or not at all. Returns whether it could be kept. */
export async function keepPrivately(file: string, text: string): Promise<boolean> {
  const begun = `${file}.${process.pid}`;
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(begun, text, { mode: 0o600, flag: 'wx' });
    await rename(begun, file);
    return true;
  } catch {
    await rm(begun, { force: true }).catch(() => undefined);
    return false;
  }
}
