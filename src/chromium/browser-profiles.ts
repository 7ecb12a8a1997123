import { lstat, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isInstanceAlive, nameInstance } from '../runner/instance.ts';

const PREFIX = 'deckhand-browser-';
/** The file that says whose a folder is. */
const OWNER = 'owner';
/** A folder is there for a moment before that. */
const UNSAID_MS = 60_000;

/** This process's folder for browser profiles, and the sweep that goes before it. */
let mine: Promise<string> | undefined;

/**
 * The folder in which browsers of this process keep their profiles; it goes when the process ends. One whose process was
 * killed stays, with what a browser wrote: the next that starts a browser removes it.
 */
export function browserProfiles(): Promise<string> {
  mine ??= open();
  return mine;
}

async function open(): Promise<string> {
  const root = tmpdir();
  // Beside the start: nobody waits for the removal of old files.
  void sweepProfiles(root);
  // Nobody else can make a folder of this name before us, or look into it. A longer name would be too long for sockets.
  const folder = await mkdtemp(join(root, PREFIX));
  await writeFile(join(folder, OWNER), await nameInstance());
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Removes the profiles of processes that are dead. Only our own user's: a name is no proof. Never fails. */
export async function sweepProfiles(root: string): Promise<void> {
  const names = await readdir(root).catch(() => []);
  await Promise.all(
    names.filter((name) => name.startsWith(PREFIX)).map(async (name) => sweepOne(join(root, name))),
  );
}

async function sweepOne(folder: string): Promise<void> {
  try {
    const found = await lstat(folder);
    if (!found.isDirectory() || found.uid !== (process.getuid?.() ?? found.uid)) return;
    const owner = await readFile(join(folder, OWNER), 'utf8').catch(() => undefined);
    if (owner === undefined ? Date.now() - found.mtimeMs < UNSAID_MS : await isInstanceAlive(owner)) return;
    // Whose it is goes last: a browser that is still ending may write what was just removed, and the next sweep must know it again.
    for (const name of await readdir(folder))
      if (name !== OWNER) await rm(join(folder, name), { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
  } catch {
    // Somebody else sweeps as well, or a browser is still ending: the next start comes by here.
  }
}
