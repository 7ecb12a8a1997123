import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { runsByItself } from './runs-by-itself.ts';

/** Not part of what a demo is built from. */
const LEFT_OUT = new Set(['recording', '__pycache__', 'node_modules', '.DS_Store']);

/** sha256 over names and contents of a demo's files: when it changes, its recording is of another demo. */
export async function hashSources(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const file of (await listFiles(folder)).toSorted()) {
    const content = await readFile(file);
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
