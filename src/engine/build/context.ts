import { access, lstat, readdir, readlink } from 'node:fs/promises';
import { constants } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as othersTurn } from 'node:timers/promises';
import type { Pack } from 'tar-stream';
import { UserError } from '../../demo/user-error.ts';
import { findInside, openInside, readInside } from '../../files/open-inside.ts';
import type { BuildOptions } from '../engine.ts';
import { type Ignores, parseDockerignore } from './dockerignore.ts';

/** Where a build takes its files from. */
type ContextFolder = Pick<BuildOptions, 'root' | 'context' | 'dockerfile' | 'inline' | 'leftOut'>;

export interface PackedContext {
  archive: Pack;
  /** Why it could not be packed; the engine then only sees a connection that ends. */
  problem: UserError | undefined;
}

/** What a file's entry says beside its size. */
interface EntryHeader {
  name: string;
  mode: number;
  mtime: Date;
  uid: number;
  gid: number;
}

/** As large as a Dockerfile and a `.dockerignore` may be. */
const MAX_BYTES = 1024 * 1024;

/** Some milliseconds of comparing. */
const STEPS_A_TURN = 1_000_000;

/** A Dockerfile's text. Throws a `UserError` when there is none, or a link leads out of the root. */
export async function readDockerfile({ root, context, dockerfile, inline }: ContextFolder): Promise<string> {
  if (inline !== undefined) return inline;
  const file = path.join(context, dockerfile);
  const bytes = await readInside(root, file, MAX_BYTES);
  if (bytes !== undefined) return bytes.toString('utf8');
  const message = `${path.basename(root)}/${file} can't be read: it isn't there, isn't a file inside the demo's folder, or has over 1 MB.`;
  throw new UserError('no-dockerfile', message, 'The service builds from it: write one, or name another.');
}

/**
 * The build context as a tar archive, `.dockerignore` honoured. Links are sent as links, and never followed out of the root. Owners
 * are root, as the docker command has it on every platform, so that the engine's cache does not depend on who builds. `dockerfile` is
 * sent in the place of the Dockerfile's own text.
 */
export async function packContext(
  from: ContextFolder,
  signal: AbortSignal,
  dockerfile = from.inline,
): Promise<PackedContext> {
  const folder = await findInside(from.root, from.context);
  if (folder?.stats.isDirectory() !== true) throw noContext(from);
  const [{ pack }, ignores] = await Promise.all([import('tar-stream'), readDockerignore(from)]);
  const archive = pack();
  const packed: PackedContext = { archive, problem: undefined };
  // Sent even when ignored: the builder can't do without them. Source: docker/cli, build/dockerignore.go.
  const dockerfileName = path.posix.normalize(from.dockerfile.replaceAll('\\', '/'));
  const always = new Set([dockerfileName, '.dockerignore']);
  const add = async (): Promise<void> => {
    for await (const file of walk(from, '', ignores, always)) {
      if (signal.aborted) return;
      if (file === dockerfileName && dockerfile !== undefined) archive.entry({ name: file }, dockerfile);
      else await addEntry(archive, from, file);
    }
    if (from.inline !== undefined) archive.entry({ name: dockerfileName }, dockerfile ?? from.inline);
    archive.finalize();
  };
  add().catch((error: unknown) => {
    packed.problem = cannotPack(from, error);
    archive.destroy(packed.problem);
  });
  return packed;
}

function noContext({ root, context }: ContextFolder): UserError {
  const message = `${path.basename(root)}/${context} is built from, but isn't a folder inside the demo's folder.`;
  return new UserError(
    'bad-context',
    message,
    'Name a folder that is inside it, and no link that leads out.',
  );
}

function cannotPack({ root, context }: ContextFolder, error: unknown): UserError {
  const why = error instanceof Error ? error.message : String(error);
  const message = `${path.basename(root)}/${context} can't be sent to the engine: ${why}`;
  return new UserError('bad-context', message, 'Make it readable, or leave it out in .dockerignore.', {
    cause: error,
  });
}

async function readDockerignore({ root, context }: ContextFolder): Promise<Ignores> {
  const bytes = await readInside(root, path.join(context, '.dockerignore'), MAX_BYTES);
  return parseDockerignore(bytes?.toString('utf8') ?? '');
}

/** Every path that the context holds, in a fixed order. */
async function* walk(
  from: ContextFolder,
  inside: string,
  ignores: Ignores,
  always: ReadonlySet<string>,
): AsyncGenerator<string> {
  const entries = await readdir(path.join(from.root, from.context, inside), { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  let told = ignores.steps;
  for (const entry of entries) {
    const file = path.posix.join(inside, entry.name);
    if (from.context === '.' && from.leftOut.has(file)) continue;
    const isLeftOut = ignores.leavesOut(file) && !always.has(file);
    if (ignores.steps - told > STEPS_A_TURN) {
      await othersTurn();
      told = ignores.steps;
    }
    if (!isLeftOut) yield file;
    // An ignored folder is walked as well: a later `!` rule may bring back something in it.
    if (entry.isDirectory()) yield* walk(from, file, ignores, always);
  }
}

async function addEntry(archive: Pack, { root, context }: ContextFolder, file: string): Promise<void> {
  const full = path.join(root, context, file);
  const stats = await lstat(full).catch(() => undefined);
  // Gone since its folder was read: editors and running containers come and go.
  if (stats === undefined) return;
  const header = { name: file, mode: stats.mode & 0o7777, mtime: stats.mtime, uid: 0, gid: 0 };
  if (stats.isDirectory()) archive.entry({ ...header, type: 'directory' });
  else if (stats.isSymbolicLink())
    archive.entry({ ...header, type: 'symlink', linkname: await readlink(full) });
  else if (stats.isFile()) await addFile(archive, header, root, path.join(context, file));
  // Sockets, FIFOs and devices have no place in an image.
}

async function addFile(archive: Pack, header: EntryHeader, root: string, file: string): Promise<void> {
  await using opened = await openInside(root, file);
  if (opened === undefined) {
    // Somebody else's, which the author has to know; or gone, or swapped for a link meanwhile.
    await access(path.join(root, file), constants.R_OK).catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'EACCES') throw error;
    });
    return;
  }
  const { size } = opened.stats;
  // Windows has no execute bit, and the docker command sets it on everything there.
  const mode = process.platform === 'win32' ? 0o755 : header.mode;
  const entry = archive.entry({ ...header, mode, size });
  await pipeline(Readable.from(exactly(size, opened.handle.createReadStream({ autoClose: false }))), entry);
}

/** A file that is written to meanwhile: the archive has told its size already. */
async function* exactly(size: number, bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let left = size;
  for await (const chunk of bytes) {
    const piece = chunk.subarray(0, left);
    left -= piece.length;
    if (piece.length > 0) yield piece;
    if (left === 0) return;
  }
  for (; left > 0; left -= Math.min(left, 65_536)) yield Buffer.alloc(Math.min(left, 65_536));
}
