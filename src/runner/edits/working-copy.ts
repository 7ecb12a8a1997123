import { cp, lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isProcessAlive } from '../../files/process-alive.ts';
import { holdTemporary } from '../../files/temporary.ts';
import { RECORDING_FOLDERS } from '../recorder/recording-folders.ts';

/** What a project doesn't need to be built and run from a copy. */
const LEFT_OUT = new Set(['.git', ...RECORDING_FOLDERS]);

const PREFIX = 'deckhand-edit-';

export interface WorkingCopy {
  /** Absolute. */
  folder: string;
  remove(): Promise<void>;
}

/**
 * A copy of a demo's folder, for a run whose files are edited: the author's own stay as they are. Links are copied as links, so that
 * none leads anywhere that it didn't lead before.
 */
export async function makeWorkingCopy(folder: string): Promise<WorkingCopy> {
  await removeLeft();
  const made = await mkdtemp(path.join(tmpdir(), `${PREFIX}${process.pid}-`));
  const release = holdTemporary(made);
  const remove = async (): Promise<void> => {
    await rm(made, { recursive: true, force: true });
    release();
  };
  try {
    await cp(folder, made, {
      recursive: true,
      verbatimSymlinks: true,
      filter: async (source) => {
        if (LEFT_OUT.has(path.relative(folder, source).split(path.sep)[0] ?? '')) return false;
        const stats = await lstat(source);
        // A FIFO would never end.
        return stats.isFile() || stats.isDirectory() || stats.isSymbolicLink();
      },
    });
  } catch (error) {
    await remove();
    throw error;
  }
  return { folder: made, remove };
}

/** What a Deckhand that was killed has left. */
async function removeLeft(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = Number(/^deckhand-edit-(?<pid>\d+)-/u.exec(name)?.groups?.['pid']);
    if (!Number.isInteger(pid) || isProcessAlive(pid)) continue;
    // Another user's, it may be.
    await rm(path.join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
  }
}
