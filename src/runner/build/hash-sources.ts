import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { readInside } from '../../files/open-inside.ts';
import { RECORDING_FOLDERS } from '../recorder/recording-folders.ts';
import { runsByItself } from '../runs-by-itself.ts';

/** Not part of what a demo is built from. */
const LEFT_OUT = new Set([...RECORDING_FOLDERS, '__pycache__', 'node_modules', '.DS_Store']);

/** sha256 over names and contents of a demo's files: when it changes, its recording is of another demo. */
export async function hashSources(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const file of (await listFiles(folder)).toSorted()) {
    // Gone meanwhile, or swapped for something that leads out: no source of this demo.
    const content = await readInside(folder, relative(folder, file));
    if (content === undefined) continue;
    hash.update(`${relative(folder, file).replaceAll(sep, '/')}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const kept = entries.filter(({ name }) => !LEFT_OUT.has(name) && !runsByItself(name));
  const lists = kept.map(async (entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return listFiles(path);
    return entry.isFile() ? [path] : [];
  });
  return (await Promise.all(lists)).flat();
}
