import { randomBytes } from 'node:crypto';
import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { keepPrivately, readPrivate } from '../../files/private-file.ts';
import { stateFolder } from '../../files/state-folder.ts';

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
  const kept = (await readKey(file)) ?? (await makeKey(file));
  setInterval(() => void readKey(file), TOUCH_MS).unref();
  return kept;
}

/** Undefined when there is none that is ours alone and still good; marks it as used. */
async function readKey(file: string): Promise<string | undefined> {
  const kept = await readPrivate(file);
  if (kept === undefined || !KEY.test(kept.text) || Math.abs(Date.now() - kept.usedAt) >= LIVES_MS) {
    return undefined;
  }
  await utimes(file, new Date(), new Date()).catch(() => undefined);
  return kept.text;
}

async function makeKey(file: string): Promise<string> {
  const key = randomBytes(32).toString('base64url');
  const isKept = await keepPrivately(file, key);
  // Another Deckhand that began at the same moment may have had the last word.
  return isKept ? ((await readKey(file)) ?? key) : key;
}
