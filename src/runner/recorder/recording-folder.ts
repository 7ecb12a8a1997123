import { lstat, mkdir, realpath, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../../demo/user-error.ts';
import { LOCAL_RECORDING } from './recording-folders.ts';

/** Makes a demo's folder for recordings. Throws a `UserError` when it is a link: what it leads to is not ours to write. */
export async function makeRecordingFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const real = await realpath(folder);
  const isOwn = real === join(await realpath(dirname(folder)), basename(folder));
  if (!isOwn || !(await lstat(real)).isDirectory()) {
    const message = `Not recorded: ${basename(folder)} in the demo's folder is a link.`;
    throw new UserError('not-recorded', message, 'Recordings are written into a folder of the demo itself.');
  }
  // Git ignores the folder and this file in it: a talk leaves a checkout as clean as it was.
  if (basename(folder) === LOCAL_RECORDING) await writeFile(join(folder, '.gitignore'), '*\n');
}
