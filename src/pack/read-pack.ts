import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, realpath, symlink } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { extract, type ExtractEvents } from 'tar-stream';
import { UserError } from '../demo/user-error.ts';
import { checkManifest, notAPack } from './check-manifest.ts';
import { createHasher, hashText } from './hash-file.ts';
import { MANIFEST_ENTRY, type PackEntry, type PackManifest } from './manifest.ts';

/** A talk has hundreds of files, not hundreds of thousands. */
const MAX_MANIFEST_BYTES = 10_000_000;

/** As the archive's reader gives them. */
type Entry = ExtractEvents['entry'][1];

export interface ReadOptions {
  /** The pack; `shown` is how its user named it. */
  file: string;
  shown: string;
  /** An empty folder. */
  into: string;
  /** Whether an entry is wanted; those that are not are checked all the same. */
  isWanted: (path: string) => boolean;
  /** Told of the list before anything is written. */
  onManifest: (manifest: PackManifest) => void;
}

/** Unpacks into a folder, every hash checked as it streams. Throws a `UserError` for what is damaged, cut off or unsafe. */
export async function readPack(options: ReadOptions): Promise<PackManifest> {
  const archive = extract();
  const input = pipeline(createReadStream(options.file), archive);
  try {
    const [manifest] = await Promise.all([readEntries(archive, options), input]);
    return manifest;
  } catch (error) {
    archive.destroy();
    await input.catch(() => {});
    throw toUserError(error, options.shown);
  }
}

async function readEntries(archive: AsyncIterable<Entry>, options: ReadOptions): Promise<PackManifest> {
  let manifest: PackManifest | undefined;
  const links: PackEntry[] = [];
  let next = 0;
  for await (const entry of archive) {
    if (manifest === undefined) {
      manifest = await readManifest(entry, options);
      continue;
    }
    const listed = manifest.entries[next];
    next += 1;
    if (listed === undefined || !isAsListed(entry, listed)) throw damaged(options.shown, entry.header.name);
    if (listed.kind === 'link') links.push(checkLink(entry, listed, options.shown));
    else await readFile(entry, listed, options);
  }
  if (manifest === undefined) throw notAPack(options.shown);
  if (next < manifest.entries.length) throw cutOff(options.shown);
  // Last: nothing is ever written through a link.
  for (const link of links) await makeLink(link, options);
  return manifest;
}

async function readManifest(entry: Entry, { shown, onManifest }: ReadOptions): Promise<PackManifest> {
  const { name, size } = entry.header;
  if (name !== MANIFEST_ENTRY || size > MAX_MANIFEST_BYTES) throw notAPack(shown);
  const manifest = checkManifest(await text(entry), shown);
  onManifest(manifest);
  return manifest;
}

function isAsListed({ header }: Entry, { path, kind, size }: PackEntry): boolean {
  const type = kind === 'link' ? 'symlink' : 'file';
  return header.name === path && header.type === type && header.size === size;
}

function checkLink(entry: Entry, listed: PackEntry, shown: string): PackEntry {
  entry.resume();
  const { linkname } = entry.header;
  if (linkname !== listed.target || hashText(linkname) !== listed.sha256) throw damaged(shown, listed.path);
  return listed;
}

async function readFile(entry: Entry, listed: PackEntry, options: ReadOptions): Promise<void> {
  const { path, mode, sha256 } = listed;
  const hasher = createHasher();
  if (options.isWanted(path)) {
    const file = join(options.into, path);
    await mkdir(dirname(file), { recursive: true });
    await pipeline(entry, hasher.stream, createWriteStream(file, { flags: 'wx', mode: mode | 0o600 }));
  } else {
    hasher.stream.resume();
    await pipeline(entry, hasher.stream);
  }
  if (hasher.result().sha256 !== sha256) throw damaged(options.shown, path);
}

async function makeLink(
  { path, target = '' }: PackEntry,
  { into, shown, isWanted }: ReadOptions,
): Promise<void> {
  if (!isWanted(path)) return;
  const file = join(into, path);
  await mkdir(dirname(file), { recursive: true });
  await symlink(target, file);
  // Through other links it may lead elsewhere than its text says.
  const [root, real] = await Promise.all([realpath(into), realpath(file).catch(() => undefined)]);
  if (real === undefined || !real.startsWith(root + sep)) throw damaged(shown, path);
}

function damaged(shown: string, path: string): UserError {
  const message = `${shown} is damaged: "${path}" is not what its list says. Nothing was unpacked.`;
  return new UserError('pack-damaged', message, 'Copy the pack again, or make it again.');
}

function cutOff(shown: string, cause?: unknown): UserError {
  const message = `${shown} ends too early: it was cut off. Nothing was unpacked.`;
  return new UserError('pack-cut-off', message, 'Copy it again, and wait until the copy is done.', { cause });
}

function toUserError(error: unknown, shown: string): unknown {
  if (error instanceof UserError || !(error instanceof Error)) return error;
  if (error.message === 'Unexpected end of data') return cutOff(shown, error);
  if (error.message.startsWith('Invalid tar header')) return notAPack(shown);
  return error;
}
