import { constants } from 'node:fs';
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

const READ = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** The text of a file that only this account can read; undefined when there is none, or others could have read or written it. */
export async function readPrivate(file: string): Promise<string | undefined> {
  const handle = await open(file, READ).catch(() => undefined);
  if (handle === undefined) return undefined;
  try {
    const stats = await handle.stat();
    const isOurs = process.platform === 'win32' || stats.uid === process.getuid?.();
    const isPrivate = process.platform === 'win32' || (stats.mode & 0o077) === 0;
    return stats.isFile() && isOurs && isPrivate ? await handle.readFile('utf8') : undefined;
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
