import { access, constants, mkdir, open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { UserError } from '../demo/user-error.ts';
import { holdTemporary, sweepTemporary, temporaryName } from './temporary.ts';

const REASONS: Record<string, string> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the disk is read-only',
  EACCES: 'access is not allowed',
  EPERM: 'access is not allowed',
  ENOENT: 'its folder is not there',
  ENOTDIR: 'its folder is not there',
  EISDIR: 'it is a folder',
  EBUSY: 'another program holds it',
};

/** Makes sure, before any work, that a file can be written. Returns where: behind a link, its target. */
export async function claimFile(output: string): Promise<string> {
  const given = resolve(output);
  const file = await realpath(given).catch(() => given);
  const found = await stat(file).catch(() => undefined);
  if (found !== undefined && !found.isFile()) {
    const what = found.isDirectory() ? 'it is a folder' : 'it is no file';
    throw new UserError('no-output', `${output} can't be written: ${what}.`, 'Name a file: -o talk.pdf');
  }
  try {
    await access(dirname(file), constants.W_OK);
    if (found !== undefined) await access(file, constants.W_OK);
    sweepTemporary(file);
    // Some folders only say so when one tries.
    const trial = temporaryName(file, 'partial');
    const release = holdTemporary(trial);
    await (await open(trial, 'w')).close();
    await rm(trial, { force: true });
    release();
  } catch (cause) {
    throw toWriteProblem(output, cause);
  }
  return file;
}

/** The folder to write pictures into; made when it is not there. */
export async function claimFolder(output: string): Promise<string> {
  const folder = resolve(output);
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw toWriteProblem(output, cause);
  });
  return folder;
}

/** Writes beside, then renames: whoever looks sees the old file or the whole new one. */
export async function writeWhole(
  file: string,
  bytes: Uint8Array | string | AsyncIterable<string>,
  shown = file,
): Promise<void> {
  const partial = temporaryName(file, 'partial');
  const release = holdTemporary(partial);
  try {
    await writeFile(partial, bytes);
    await rename(partial, file);
  } catch (cause) {
    await rm(partial, { force: true });
    throw toWriteProblem(shown, cause);
  } finally {
    release();
  }
}

/** What the file system refuses is the user's to put right. */
export function toWriteProblem(output: string, cause: unknown): UserError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const reason = REASONS[code] ?? (cause instanceof Error ? cause.message : String(cause));
  const hint =
    code === 'ENOSPC' || code === 'EDQUOT'
      ? 'Make room, or name a place on another disk. What was there before is untouched.'
      : 'Name a file in a folder that exists and is yours.';
  return new UserError('no-output', `${output} can't be written: ${reason}.`, hint, { cause });
}
