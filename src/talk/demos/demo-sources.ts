import { lstat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { compileTalk } from '../../deck/compile.ts';
import type { Deck } from '../../deck/deck.ts';
import { readDeckFile } from '../deck/deck-file.ts';
import type { DeckPath } from '../deck/deck-path.ts';

/** Where a demo is that isn't under `demos/`. */
export interface DemoSource {
  /** Absolute. */
  folder: string;
  /** Compose files instead of those that the folder has; absolute. */
  files?: string[];
}

export type DemoSources = ReadonlyMap<string, DemoSource>;

/**
 * The projects that a deck names: `demos: {shop: ../shop}` in its YAML block (or `{src: ../shop, files: [a.yml]}`), and `src="../shop"`
 * on a panel. Paths count from the deck's folder, or from the one above.
 */
export async function toDemoSources(
  { meta, demos }: Pick<Deck, 'meta' | 'demos'>,
  path: DeckPath,
): Promise<DemoSources> {
  const named = new Map<string, { src: string; files: string[] }>();
  for (const [name, value] of Object.entries(toMap(meta['demos']))) {
    const src = typeof value === 'string' ? value : toMap(value)['src'];
    const files = toMap(value)['files'];
    if (typeof src === 'string')
      named.set(name, { src, files: Array.isArray(files) ? files.map(String) : [] });
  }
  for (const { name, src } of demos)
    if (src !== undefined && name !== '') named.set(name, { src, files: [] });
  const found = [...named].map(async ([name, { src, files }]): Promise<[string, DemoSource]> => {
    const folder = await findFolder(src, path.folders);
    return [
      name,
      files.length === 0 ? { folder } : { folder, files: files.map((file) => resolve(folder, file)) },
    ];
  });
  return new Map(await Promise.all(found));
}

async function findFolder(src: string, folders: readonly string[]): Promise<string> {
  for (const folder of folders) {
    const path = resolve(folder, src);
    if ((await lstat(path).catch(() => undefined))?.isDirectory() === true) return path;
  }
  return resolve(folders[0] ?? '.', src);
}

/** As `toDemoSources`, of the deck on disk; a deck that can't be read names none. */
export async function readDemoSources(path: DeckPath): Promise<DemoSources> {
  const { text } = await readDeckFile(path.file);
  // Most decks name none: they are compiled once, when it is known what demos there are.
  if (text === undefined || !/src=|^demos:/mu.test(text)) return new Map();
  return toDemoSources(compileTalk(text), path);
}

function toMap(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
