import { lstat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { relative, sep } from 'node:path';
import { readProject, type ReadProject } from '../../compose/read-project.ts';
import { readInside } from '../../files/open-inside.ts';
import { isTrusted } from './trust.ts';

/** More than a Compose file or an env file has; a folder is read again with every save. */
const MAX_BYTES = 5 * 1024 * 1024;

/**
 * The demo in a folder as its files say, or all that is wrong with it; undefined without a Compose file. Nothing outside the folder is
 * read, and no link that leads out of it is followed. `onAsk` is told every path that was looked for, there or not.
 */
export async function readDemoFolder(
  folder: string,
  name: string,
  cwd: string,
  files?: readonly string[],
  onAsk: (path: string) => void = () => {},
): Promise<ReadProject | undefined> {
  const root = toPosix(folder);
  return readProject({
    folder: root,
    home: toPosix(homedir()),
    name,
    ...(files === undefined ? {} : { composeFiles: files.map(toPosix) }),
    files: {
      read: async (path) => {
        onAsk(path);
        return (await readInside(folder, relative(folder, path), MAX_BYTES))?.toString('utf8');
      },
      exists: async (path) => {
        onAsk(path);
        return (await lstat(path).catch(() => undefined)) !== undefined;
      },
      show: (path) => toPosix(relative(cwd, path)),
    },
    isAllowed: (asks, model) => isTrusted(folder, asks, model, homedir()),
  });
}

function toPosix(path: string): string {
  return path.split(sep).join('/');
}
