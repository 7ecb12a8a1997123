import { open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import * as z from 'zod/mini';
import { readInside } from '../../files/open-inside.ts';
import type { DeckPath } from './deck-path.ts';
import { isProcessAlive } from '../../files/process-alive.ts';

/** How often an owner says that it is there; on another machine that is all one can go by. */
const BEAT_MS = 10_000;
const SILENT_MS = 60_000;
const MAX_BYTES = 10_000;

const ownerSchema = z.object({
  pid: z.int(),
  host: z.string(),
  /** When the process began, as its system counts: a number may have been given away again. */
  began: z.string(),
  /** ISO 8601. */
  since: z.string(),
});
type Owner = z.infer<typeof ownerSchema>;

/** Whether this process may write the files that are kept beside a deck; if not, who does. */
export type Ownership = { isOurs: true; release(): Promise<void> } | { isOurs: false; owner: Owner };

/** One Deckhand writes a deck's files: two would take each other's drawings and times away. */
export async function ownDeck({ file }: DeckPath): Promise<Ownership> {
  const lock = join(dirname(file), `.${basename(file)}.deckhand-lock`);
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const taken = await take(lock);
    // A folder that can't be written to needs no owner; what is to be kept there will say so.
    if (taken !== 'exists') return { isOurs: true, release: holdLock(lock, taken) };
    const text = await readLock(lock);
    const owner = toOwner(text);
    if (owner !== undefined && (await isThere(owner, lock))) return { isOurs: false, owner };
    await putAway(lock, text);
  }
  return { isOurs: true, release: async () => {} };
}

async function take(lock: string): Promise<'taken' | 'exists' | 'impossible'> {
  const owner: Owner = {
    pid: process.pid,
    host: hostname(),
    began: await beginningOf(process.pid),
    since: new Date().toISOString(),
  };
  try {
    await using file = await open(lock, 'wx');
    await file.writeFile(`${JSON.stringify(owner)}\n`);
    return 'taken';
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EEXIST' ? 'exists' : 'impossible';
  }
}

function holdLock(lock: string, taken: 'taken' | 'impossible'): () => Promise<void> {
  if (taken === 'impossible') return async () => {};
  const beat = setInterval(() => {
    const now = new Date();
    void utimes(lock, now, now).catch(() => {});
  }, BEAT_MS);
  beat.unref();
  return async () => {
    clearInterval(beat);
    const owner = toOwner(await readLock(lock));
    if (owner?.pid === process.pid && owner.host === hostname())
      await rm(lock, { force: true }).catch(() => {});
  };
}

/** Empty for what is no lock: a link that leads away, a FIFO, which would never end, something huge. */
async function readLock(lock: string): Promise<string> {
  const bytes = await readInside(dirname(lock), lock, MAX_BYTES).catch(() => undefined);
  return bytes?.toString('utf8') ?? '';
}

/** A killed owner's lock. Another process may have done the same a moment ago: a lock that isn't the one we read goes back. */
async function putAway(lock: string, text: string): Promise<void> {
  const aside = `${lock}.${process.pid}.partial`;
  await rename(lock, aside).catch(() => undefined);
  const found = await readLock(aside);
  // Whatever stood there under its name, a folder too.
  if (found === text) await rm(aside, { force: true, recursive: true }).catch(() => undefined);
  else await rename(aside, lock).catch(() => undefined);
}

async function isThere(owner: Owner, lock: string): Promise<boolean> {
  if (owner.host === hostname())
    return isProcessAlive(owner.pid) && (await beginningOf(owner.pid)) === owner.began;
  const { mtimeMs } = await stat(lock).catch(() => ({ mtimeMs: 0 }));
  return Date.now() - mtimeMs < SILENT_MS;
}

/** Empty where there is no /proc: there the number must do. */
async function beginningOf(pid: number): Promise<string> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // proc(5): the name in brackets may hold anything; `starttime` is the 20th field behind it.
  return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

function toOwner(text: string): Owner | undefined {
  try {
    const parsed = ownerSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
