import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { pack as createPack, type Pack } from 'tar-stream';
import type { PackedFile } from './collect.ts';
import { hashFile, hashText } from './hash-file.ts';
import { MANIFEST_ENTRY, type PackEntry, type PackManifest } from './manifest.ts';

/** What a pack says of itself, without its list of entries. */
export type PackFacts = Omit<PackManifest, 'entries'>;

/** Writes a pack: its list with every hash first, so that whoever reads it can check as it comes. Files are streamed. */
export async function writePack(
  output: string,
  facts: PackFacts,
  files: readonly PackedFile[],
): Promise<PackManifest> {
  const entries: PackEntry[] = [];
  for (const file of files) entries.push(await describe(file));
  const manifest: PackManifest = { ...facts, entries };
  const tar = createPack();
  const written = pipeline(tar, createWriteStream(output));
  const add = async (): Promise<void> => {
    const text = JSON.stringify(manifest, undefined, 1);
    tar.entry({ name: MANIFEST_ENTRY, mode: 0o644 }, text);
    for (const [i, file] of files.entries()) await addEntry(tar, file, entries[i]?.size ?? 0);
    tar.finalize();
  };
  // What goes wrong while reading ends the writing, and the other way round.
  await Promise.all([written, add().catch((error: unknown) => fail(tar, error))]);
  return manifest;
}

function fail(tar: Pack, error: unknown): never {
  tar.destroy(error instanceof Error ? error : new Error(String(error)));
  throw error;
}

async function describe({ path, file, mode, target }: PackedFile): Promise<PackEntry> {
  if (target !== undefined) return { path, kind: 'link', mode, size: 0, sha256: hashText(target), target };
  return { path, kind: 'file', mode, ...(await hashFile(file)) };
}

async function addEntry(
  tar: Pack,
  { path: name, file, mode, target }: PackedFile,
  size: number,
): Promise<void> {
  if (target !== undefined) tar.entry({ name, mode, type: 'symlink', linkname: target });
  // A file that changed its size since it was hashed makes the archive's writer fail.
  else await pipeline(createReadStream(file), tar.entry({ name, mode, size }));
}
