import { watch, type FSWatcher } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { pollFiles } from './poll-files.ts';

/** Where events don't come, a save shows this late. */
const POLL_MS = 500;

/** Calls back when the file may have changed, however it is saved and wherever it lies. Gives what ends it. */
export function watchFile(file: string, onChange: () => void): () => void {
  let watchers: FSWatcher[] = [];
  let isClosed = false;
  const endWatchers = () => {
    for (const watcher of watchers) watcher.close();
    watchers = [];
  };
  const begin = async () => {
    // Behind a link the changes are elsewhere.
    const real = await realpath(file).catch(() => file);
    if (isClosed) return;
    endWatchers();
    watchers = [...new Set([file, real])].flatMap((path) => watchFolderOf(path, onChange));
  };
  const endPoll = pollFiles(
    () => [file, dirname(file)],
    POLL_MS,
    () => {
      onChange();
      // The folder may be another one, the link may lead elsewhere.
      void begin();
    },
  );
  void begin();
  return () => {
    isClosed = true;
    endPoll();
    endWatchers();
  };
}

/** Some files of which others come and go. */
export class WatchedFiles {
  onChange: () => void = () => {};
  readonly #ends = new Map<string, () => void>();

  /** From now on, these and no others. */
  watch(files: readonly string[]): void {
    for (const [file, end] of this.#ends) {
      if (files.includes(file)) continue;
      end();
      this.#ends.delete(file);
    }
    for (const file of files)
      if (!this.#ends.has(file))
        this.#ends.set(
          file,
          watchFile(file, () => this.onChange()),
        );
  }
}

/** The folder, not the file: many editors save by renaming a new file over the old one. */
function watchFolderOf(path: string, onChange: () => void): FSWatcher[] {
  try {
    const watcher = watch(dirname(path), (_kind, name) => {
      if (name === null || name === basename(path)) onChange();
    });
    // The folder went, or nothing more can be watched: the poll sees what comes.
    watcher.on('error', () => watcher.close());
    return [watcher];
  } catch {
    return [];
  }
}
