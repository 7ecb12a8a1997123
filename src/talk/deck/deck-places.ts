import { existsSync, realpathSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import type { FilePlaces } from '../../site/named-files.ts';

/**
 * Where a deck's files may stand: beside it, in the folder above it (for `slides/talk.md`), and wherever it names them in its project,
 * which is the Git repository or the folder that Deckhand was started in. A home with all that is in it is no project.
 */
export function toFilePlaces(deckFile: string, cwd: string = process.cwd()): FilePlaces {
  const folder = dirname(resolve(deckFile));
  const above = dirname(folder);
  const folders = isTooHigh(above) ? [folder] : [folder, above];
  const inProject = ancestors(folder).filter((one) => !isTooHigh(one));
  const started = inProject.filter((one) => one === resolve(cwd));
  const repository = inProject.filter((one) => existsSync(join(one, '.git')));
  const [root = folder] = [...folders, ...started, ...repository].toSorted((a, b) => a.length - b.length);
  return { folders, root };
}

/** The folder itself, then each above it. */
function ancestors(folder: string): string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...ancestors(above)];
}

/** What holds more than one person's talk: a home, what is above homes, and the temporary folder. */
function isTooHigh(folder: string): boolean {
  const real = realOf(folder);
  const [home, temporary] = [realOf(homedir()), realOf(tmpdir())];
  const isHome = ['/home', '/Users'].includes(dirname(real));
  return (
    isHome ||
    [home, temporary].some((one) => one === real || one.startsWith(real.endsWith(sep) ? real : real + sep))
  );
}

function realOf(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}
