import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PACK_MARK, parseManifest } from './pack/manifest.ts';

/** The images that came with a deck that was unpacked: name to id. Empty for any other deck. */
export async function readPackedImages(folders: readonly string[]): Promise<Map<string, string>> {
  for (const folder of folders) {
    const text = await readFile(join(folder, PACK_MARK), 'utf8').catch(() => undefined);
    if (text === undefined) continue;
    const manifest = parseManifest(text);
    return new Map(manifest?.images.map(({ name, id }) => [name, id]));
  }
  return new Map();
}
