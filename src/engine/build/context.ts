import { createReadStream } from 'node:fs';
import { lstat, readFile, readdir, readlink } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Pack } from 'tar-stream';

/** The rules of a `.dockerignore`: whether a path (with `/`, relative to the context) is left out. */
type Ignores = (file: string) => boolean;

/**
 * The build context as a tar archive, `.dockerignore` honoured. Owners are root, as the docker command has it on every
 * platform, so that the engine's cache does not depend on who builds.
 */
export async function packContext(folder: string, dockerfile: string, signal: AbortSignal): Promise<Pack> {
  const [{ pack }, ignores] = await Promise.all([import('tar-stream'), readDockerignore(folder)]);
  const archive = pack();
  // Sent even when ignored: the builder can't do without them. Source: docker/cli, build/dockerignore.go.
  const always = new Set([path.posix.normalize(dockerfile.replaceAll('\\', '/')), '.dockerignore']);
  const add = async (): Promise<void> => {
    for await (const file of walk(folder, '', ignores, always)) {
      if (signal.aborted) return;
      await addEntry(archive, folder, file);
    }
    archive.finalize();
  };
  add().catch((error: unknown) => archive.destroy(error instanceof Error ? error : new Error(String(error))));
  return archive;
}

async function readDockerignore(folder: string): Promise<Ignores> {
  const text = await readFile(path.join(folder, '.dockerignore'), 'utf8').catch(() => '');
  if (text.trim() === '') return () => false;
  const { default: ignore } = await import('@balena/dockerignore');
  const rules = ignore({ ignorecase: false }).add(text);
  return (file) => rules.ignores(file);
}

/** Every path that the context holds, in a fixed order. */
async function* walk(
  folder: string,
  inside: string,
  ignores: Ignores,
  always: ReadonlySet<string>,
): AsyncGenerator<string> {
  const entries = await readdir(path.join(folder, inside), { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const file = path.posix.join(inside, entry.name);
    const isLeftOut = ignores(file) && !always.has(file);
    if (!isLeftOut) yield file;
    // An ignored folder is walked as well: a later `!` rule may bring back something in it.
    if (entry.isDirectory()) yield* walk(folder, file, ignores, always);
  }
}

async function addEntry(archive: Pack, folder: string, file: string): Promise<void> {
  const full = path.join(folder, file);
  const stats = await lstat(full);
  const header = { name: file, mode: stats.mode & 0o7777, mtime: stats.mtime, uid: 0, gid: 0 };
  if (stats.isDirectory()) archive.entry({ ...header, type: 'directory' });
  else if (stats.isSymbolicLink())
    archive.entry({ ...header, type: 'symlink', linkname: await readlink(full) });
  else if (stats.isFile()) {
    // Windows has no execute bit, and the docker command sets it on everything there.
    const mode = process.platform === 'win32' ? 0o755 : header.mode;
    const entry = archive.entry({ ...header, mode, size: stats.size });
    await pipeline(createReadStream(full), entry);
  }
  // Sockets and devices have no place in an image.
}
