import { constants, type Stats } from 'node:fs';
import { lstat, open, readlink, realpath, type FileHandle } from 'node:fs/promises';
import { resolve, sep } from 'node:path';

/** A file or folder, with every link on the way to it followed. */
export interface FoundInside {
  /** Its real path, absolute. */
  path: string;
  stats: Stats;
}

/** A regular file that is open for reading; whoever opened it closes it. */
export interface OpenedInside extends FoundInside, AsyncDisposable {
  handle: FileHandle;
}

/** `O_NONBLOCK`: a FIFO that took the file's place in the meantime must not hold us up. Windows knows neither flag. */
const READ_ONLY = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * Where `path` really is; undefined when nothing is there, or when links lead out of `root`. Links inside the root are fine, and
 * `root` itself may be one. `path` counts from the root. What is found may be swapped right after: to read it, use `openInside`.
 */
export async function findInside(root: string, path: string): Promise<FoundInside | undefined> {
  try {
    const realRoot = await realpath(root);
    const real = await realpath(resolve(root, path));
    return isInside(realRoot, real) ? { path: real, stats: await lstat(real) } : undefined;
  } catch (error) {
    return nothingThere(error);
  }
}

/**
 * Opens the regular file at `path`; undefined for everything else: what isn't there, folders, FIFOs, devices, links that lead out of
 * `root`. The file that was opened is looked at again, since a container may put a link in its place at any moment.
 */
export async function openInside(root: string, path: string): Promise<OpenedInside | undefined> {
  const found = await findInside(root, path);
  if (found?.stats.isFile() !== true) return undefined;
  let handle: FileHandle | undefined;
  try {
    handle = await open(found.path, READ_ONLY);
    const stats = await handle.stat();
    const real = await whereIs(handle, found.path);
    if (!stats.isFile() || real === undefined || !isInside(await realpath(root), real)) {
      await handle.close();
      return undefined;
    }
    const opened = handle;
    return { handle, stats, path: real, [Symbol.asyncDispose]: () => opened.close() };
  } catch (error) {
    await handle?.close();
    return nothingThere(error);
  }
}

/** All of such a file; undefined when `openInside` would not open it, or when it has more than `most` bytes. */
export async function readInside(
  root: string,
  path: string,
  most = Infinity,
): Promise<Buffer<ArrayBuffer> | undefined> {
  await using opened = await openInside(root, path);
  if (opened === undefined || opened.stats.size > most) return undefined;
  return opened.handle.readFile();
}

/** Whether one real path is the other, or under it. */
export function isInside(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}

/** The real path of what is open. Linux knows it; elsewhere the path must still lead to the very same file. */
async function whereIs(handle: FileHandle, path: string): Promise<string | undefined> {
  if (process.platform === 'linux') return readlink(`/proc/self/fd/${handle.fd}`);
  const [real, opened] = await Promise.all([realpath(path), handle.stat()]);
  const there = await lstat(real);
  return there.ino === opened.ino && there.dev === opened.dev ? real : undefined;
}

/** Too many open files is no answer to the question; everything else means that nobody gets the file. */
function nothingThere(error: unknown): undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EMFILE' || code === 'ENFILE' || typeof code !== 'string') throw error;
  return undefined;
}
