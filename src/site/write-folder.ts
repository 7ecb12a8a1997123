import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { UserError } from '../demo/user-error.ts';
import type { SiteFile } from './site.ts';
import { holdTemporary, sweepTemporary, temporaryName } from '../files/temporary.ts';
import { toWriteProblem } from '../files/whole-file.ts';

/** In every folder that a build has written, and in no other: what is written again replaces the whole folder. */
const MARK = '.deckhand-build';

/**
 * Hands out a new folder to write to; what `fill` has written then takes the place of `output` as a whole. When it fails,
 * the folder that was there stays as it was. Throws a `UserError` when `output` is something else than an earlier build.
 */
export async function replaceFolder(output: string, fill: (folder: string) => Promise<void>): Promise<void> {
  const target = resolve(output);
  await checkTarget(target, output);
  sweepTemporary(target);
  const beside = (kind: 'new' | 'old') => `${temporaryName(target, kind)}-${randomBytes(4).toString('hex')}`;
  const [fresh, old] = [beside('new'), beside('old')];
  const release = holdTemporary(fresh);
  try {
    await inFolder(output, async () => mkdir(fresh, { recursive: true }));
    await fill(fresh);
    await inFolder(output, async () => {
      await writeFile(join(fresh, MARK), 'Written by "deckhand build", which replaces this folder.\n');
      const isReplaced = await rename(target, old).then(() => true, ignoreMissing);
      await rename(fresh, target).catch(async (error: unknown) => {
        if (isReplaced) await rename(old, target);
        throw error;
      });
    });
  } finally {
    release();
    // What can't be removed must not hide why the build failed.
    for (const folder of [fresh, old])
      await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

export async function writeFiles(folder: string, files: readonly SiteFile[], output: string): Promise<void> {
  await inFolder(output, async () => {
    for (const file of files) {
      const path = join(folder, file.name);
      await mkdir(dirname(path), { recursive: true });
      if ('copyOf' in file) await copyFile(file.copyOf, path);
      else await writeFile(path, 'file' in file ? file.file.pieces() : file.content);
    }
  });
}

async function checkTarget(target: string, output: string): Promise<void> {
  const found = await stat(target).catch(() => undefined);
  if (found === undefined) return;
  const hint = 'Name a folder that is empty, new, or an earlier build: deckhand build -o site';
  if (!found.isDirectory()) throw new UserError('no-output', `${output} is a file.`, hint);
  const names = await readdir(target);
  if (names.length === 0 || names.includes(MARK)) return;
  throw new UserError(
    'not-ours',
    `${output} holds files that no build of Deckhand wrote; they would be lost.`,
    hint,
  );
}

async function inFolder<T>(output: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw toWriteProblem(output, cause);
  }
}

function ignoreMissing(error: unknown): false {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
  throw error;
}
