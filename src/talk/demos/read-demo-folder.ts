import { lstat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { relative, sep } from 'node:path';
import { readProject, type ReadProject } from '../../compose/read-project.ts';
import { findInside, readInside } from '../../files/open-inside.ts';
import { isTrusted } from './trust.ts';

/** More than a Compose file or an env file has; a folder is read again with every save. */
const MAX_BYTES = 5 * 1024 * 1024;

export interface DemoFolder {
  /** Absolute. */
  folder: string;
  /** What the deck calls it. */
  name: string;
  /** From where messages name its files. */
  cwd: string;
  /** Compose files instead of those that the folder has; absolute. */
  files?: readonly string[] | undefined;
  /** What the deck's div says of it, in x-demo's words. */
  settings?: Readonly<Record<string, unknown>> | undefined;
  /** Told every path that was looked for, there or not. */
  onAsk?: (path: string) => void;
}

/**
 * The demo in a folder as its files say, or all that is wrong with it; undefined without a Compose file. Nothing outside the folder is
 * read, and no link that leads out of it is followed.
 */
export async function readDemoFolder({
  folder,
  name,
  cwd,
  files,
  settings,
  onAsk = () => {},
}: DemoFolder): Promise<ReadProject | undefined> {
  const root = toPosix(folder);
  return readProject({
    folder: root,
    home: toPosix(homedir()),
    name,
    ...(files === undefined ? {} : { composeFiles: files.map(toPosix) }),
    ...(settings === undefined ? {} : { settings }),
    files: {
      read: async (path) => {
        onAsk(path);
        return (await readInside(folder, relative(folder, path), MAX_BYTES))?.toString('utf8');
      },
      exists: async (path) => {
        onAsk(path);
        return (await lstat(path).catch(() => undefined)) !== undefined;
      },
      isFile: async (path) => {
        onAsk(path);
        return (await findInside(folder, relative(folder, path)))?.stats.isFile() === true;
      },
      show: (path) => toPosix(relative(cwd, path)),
    },
    isAllowed: (asks, model) => isTrusted(folder, asks, model, homedir()),
  });
}

function toPosix(path: string): string {
  return path.split(sep).join('/');
}
