import { readInside } from '../files/open-inside.ts';
import { PACK_MARK, parseManifest } from './manifest.ts';

/** The images that came with a deck that was unpacked: name to id. Empty for any other deck. */
export async function readPackedImages(folders: readonly string[]): Promise<Map<string, string>> {
  for (const folder of folders) {
    const bytes = await readInside(folder, PACK_MARK);
    if (bytes === undefined) continue;
    const manifest = parseManifest(bytes.toString('utf8'));
    return new Map(manifest?.images.map(({ name, id }) => [name, id]));
  }
  return new Map();
}
