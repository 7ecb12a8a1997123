import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stateFolder } from './state-folder.ts';

/** One that nobody used for this long is made anew: whoever got hold of an old cookie can do nothing with it. */
const LIVES_MS = 24 * 3_600_000;
/** How often a Deckhand that presents says that it is used. */
const TOUCH_MS = 3_600_000;

const KEY = /^[\w-]{43}$/;

/**
 * What this account's cookies are made of, from a file that nobody else can read: browsers that had the deck open get back in after a
 * restart. Where no such file can be kept, the key lives as long as this process.
 */
export async function readAccessKey(folder = stateFolder()): Promise<string> {
  const file = join(folder, 'access-key');
  const kept = (await readKey(file)) ?? (await makeKey(folder, file));
  setInterval(() => void readKey(file), TOUCH_MS).unref();
  return kept;
}

/** Undefined when there is none that is ours alone and still good. */
async function readKey(file: string): Promise<string | undefined> {
  const handle = await open(file, constants.O_RDWR | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
    () => undefined,
  );
  if (handle === undefined) return undefined;
  try {
    const { uid, mode, mtimeMs } = await handle.stat();
    const isPrivate = process.platform === 'win32' || ((mode & 0o077) === 0 && uid === process.getuid?.());
    const key = await handle.readFile('utf8');
    const isGood = isPrivate && KEY.test(key) && Math.abs(Date.now() - mtimeMs) < LIVES_MS;
    if (!isGood) return undefined;
    await handle.utimes(new Date(), new Date());
    return key;
  } catch {
    return undefined;
  } finally {
    await handle.close();
  }
}

async function makeKey(folder: string, file: string): Promise<string> {
  const key = randomBytes(32).toString('base64url');
  const begun = `${file}.${process.pid}`;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(begun, key, { mode: 0o600, flag: 'wx' });
    await rename(begun, file);
    // Another Deckhand that began at the same moment may have had the last word.
    return (await readKey(file)) ?? key;
  } catch {
    await rm(begun, { force: true }).catch(() => undefined);
    return key;
  }
}
