import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EntryAssets } from './page.ts';

/** Vite's manifest: https://vite.dev/guide/backend-integration */
interface Chunk {
  file: string;
  css?: string[];
  imports?: string[];
}

/** Reads which files the bundler made for `entry`, from the folder that it wrote to. */
export async function readAssets(folder: string, entry: string): Promise<EntryAssets> {
  const text = await readFile(join(folder, '.vite/manifest.json'), 'utf8');
  const manifest = JSON.parse(text) as Record<string, Chunk>;
  const chunks = withImports(manifest, entry);
  const [first, ...rest] = chunks;
  if (first === undefined) throw new Error(`The bundle has no entry ${entry}`);
  const math = manifest['src/browser/math.ts']?.css?.[0] ?? '';
  return {
    script: `/${first.file}`,
    styles: [...new Set(chunks.toReversed().flatMap((chunk) => chunk.css ?? []))].map((file) => `/${file}`),
    preload: rest.map((chunk) => `/${chunk.file}`),
    mathStyle: `/${math}`,
  };
}

/** The entry's chunk, then all that it imports statically, each once. */
function withImports(manifest: Record<string, Chunk>, name: string, seen = new Set<string>()): Chunk[] {
  const chunk = manifest[name];
  if (chunk === undefined || seen.has(name)) return [];
  seen.add(name);
  return [chunk, ...(chunk.imports ?? []).flatMap((imported) => withImports(manifest, imported, seen))];
}
