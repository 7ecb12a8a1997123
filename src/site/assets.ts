import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EntryAssets } from './page.ts';

/** Vite's manifest: https://vite.dev/guide/backend-integration */
interface Chunk {
  file: string;
  css?: string[];
  imports?: string[];
  dynamicImports?: string[];
}
type Manifest = Record<string, Chunk>;

/** Files of the bundle, relative to its folder. */
export interface BundleFiles {
  script: string;
  /** Scripts that the entry imports: fetched at once, not one after the other. */
  preload: string[];
  styles: string[];
  /** Scripts and style sheets of what comes later, if it is needed. */
  lazy: string[];
  mathStyle: string;
}

/** Reads which files the bundler made for `entry`, as the server has them: from its root. */
export async function readAssets(folder: string, entry: string): Promise<EntryAssets> {
  const [{ script, styles, preload, mathStyle }, boot] = await Promise.all([
    readBundleFiles(folder, entry),
    readFile(bootFile(folder), 'utf8'),
  ]);
  const fromRoot = (file: string) => `/${file}`;
  return {
    boot: boot.trim(),
    script: fromRoot(script),
    styles: styles.map(fromRoot),
    preload: preload.map(fromRoot),
    mathStyle: fromRoot(mathStyle),
  };
}

/** The script that stands in each page, beside the folder of what it loads. */
export function bootFile(folder: string): string {
  return join(folder, '../boot/boot.js');
}

/** Reads which files the bundler made for `entry`, from the folder that it wrote to. */
export async function readBundleFiles(folder: string, entry: string): Promise<BundleFiles> {
  const text = await readFile(join(folder, '.vite/manifest.json'), 'utf8');
  const manifest = JSON.parse(text) as Manifest;
  const chunks = withImports(manifest, entry);
  const [first, ...rest] = chunks;
  if (first === undefined) throw new Error(`The bundle has no entry ${entry}`);
  const later = chunks
    .flatMap((chunk) => chunk.dynamicImports ?? [])
    .flatMap((name) => withImports(manifest, name, new Set(), true))
    .filter((chunk) => !chunks.includes(chunk));
  return {
    script: first.file,
    preload: rest.map((chunk) => chunk.file),
    styles: [...new Set(chunks.toReversed().flatMap((chunk) => chunk.css ?? []))],
    lazy: [...new Set(later.flatMap((chunk) => [chunk.file, ...(chunk.css ?? [])]))],
    mathStyle: manifest['src/browser/pages/math.ts']?.css?.[0] ?? '',
  };
}

/** The entry's chunk, then all that it imports, each once: statically, or `deep` in any way. */
function withImports(manifest: Manifest, name: string, seen = new Set<string>(), deep = false): Chunk[] {
  const chunk = manifest[name];
  if (chunk === undefined || seen.has(name)) return [];
  seen.add(name);
  const imports = [...(chunk.imports ?? []), ...(deep ? (chunk.dynamicImports ?? []) : [])];
  return [chunk, ...imports.flatMap((imported) => withImports(manifest, imported, seen, deep))];
}
