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
  /** What its div says of it, in x-demo's words: `title`, `app`, `budget`, `fallback`. */
  settings?: Record<string, unknown>;
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
  const named = new Map<string, { src: string; files: string[]; settings: Record<string, unknown> }>();
  for (const [name, value] of Object.entries(toMap(meta['demos']))) {
    const src = typeof value === 'string' ? value : toMap(value)['src'];
    const files = toMap(value)['files'];
    if (typeof src === 'string')
      named.set(name, { src, files: Array.isArray(files) ? files.map(String) : [], settings: {} });
  }
  for (const { name, src, settings } of demos)
    if (src !== undefined && name !== '') named.set(name, { src, files: [], settings: toSettings(settings) });
  const found = [...named].map(async ([name, { src, files, settings }]): Promise<[string, DemoSource]> => {
    const folder = await findFolder(src, path.folders);
    const source: DemoSource = { folder };
    if (files.length > 0) source.files = files.map((file) => resolve(folder, file));
    if (Object.keys(settings).length > 0) source.settings = settings;
    return [name, source];
  });
  return new Map(await Promise.all(found));
}

/** `app="web:8000/admin"` is what x-demo writes as a map. */
const APP = /^(?<service>[^:]+):(?<port>\d+)(?<path>\/.*)?$/u;

function toSettings(written: Readonly<Record<string, string>>): Record<string, unknown> {
  const { app, ...rest } = written;
  if (app === undefined) return rest;
  const { service, port, path } = APP.exec(app)?.groups ?? {};
  // What isn't one is told as x-demo's own mistakes are.
  if (service === undefined) return { ...rest, app };
  return { ...rest, app: { service, port: Number(port), ...(path === undefined ? {} : { path }) } };
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
