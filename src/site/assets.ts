import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Look } from '../deck/deck.ts';

/** How the build names the style sheet of a theme. */
const THEME = 'theme-';

/** Vite's manifest: https://vite.dev/guide/backend-integration */
interface Chunk {
  name?: string;
  file: string;
  css?: string[];
  imports?: string[];
  dynamicImports?: string[];
}
type Manifest = Record<string, Chunk>;

/** Addresses of one entry's bundled files, as the build's manifest names them. */
export interface EntryAssets {
  script: string;
  styles: string[];
  /** Scripts that the entry imports: fetched at once, not one after the other. */
  preload: string[];
  /** The text of the script that loads the rest: src/browser/boot. */
  boot: string;
  /** The style sheets of themes, by their names; ours is among `styles`. */
  themes: Record<string, string>;
  /** KaTeX's style sheet, for decks with math; empty when it is among `styles`. */
  mathStyle: string;
}

/** Files of the bundle, relative to its folder. */
export interface BundleFiles {
  script: string;
  /** Scripts that the entry imports: fetched at once, not one after the other. */
  preload: string[];
  styles: string[];
  /** Scripts and style sheets of what comes later, if it is needed. */
  lazy: string[];
  /** The style sheets of themes, by their names. */
  themes: Record<string, string>;
  mathStyle: string;
}

/** Reads which files the bundler made for `entry`, as the server has them: from its root. */
export async function readAssets(folder: string, entry: string): Promise<EntryAssets> {
  const [{ script, styles, preload, themes, mathStyle }, boot] = await Promise.all([
    readBundleFiles(folder, entry),
    readFile(bootFile(folder), 'utf8'),
  ]);
  const fromRoot = (file: string) => `/${file}`;
  return {
    boot: boot.trim(),
    script: fromRoot(script),
    styles: styles.map(fromRoot),
    preload: preload.map(fromRoot),
    themes: Object.fromEntries(Object.entries(themes).map(([name, file]) => [name, fromRoot(file)])),
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
    themes: findThemes(manifest),
    mathStyle: manifest['src/browser/pages/math.ts']?.css?.[0] ?? '',
  };
}

/** The style sheet of a look's theme, if it needs one. */
export function themeOf(look: Look | undefined, { themes }: Pick<BundleFiles, 'themes'>): string[] {
  const file = look === undefined ? undefined : themes[look.theme];
  return file === undefined ? [] : [file];
}

function findThemes(manifest: Manifest): Record<string, string> {
  const themes = Object.values(manifest).filter(({ name }) => name?.startsWith(THEME) === true);
  return Object.fromEntries(themes.map(({ name = '', file }) => [name.slice(THEME.length), file]));
}

/** The entry's chunk, then all that it imports, each once: statically, or `deep` in any way. */
function withImports(manifest: Manifest, name: string, seen = new Set<string>(), deep = false): Chunk[] {
  const chunk = manifest[name];
  if (chunk === undefined || seen.has(name)) return [];
  seen.add(name);
  const imports = [...(chunk.imports ?? []), ...(deep ? (chunk.dynamicImports ?? []) : [])];
  return [chunk, ...imports.flatMap((imported) => withImports(manifest, imported, seen, deep))];
}
