import { reportBug } from '../../debug/report-bug.ts';
import { type FSWatcher, watch } from 'node:fs';
import type { DemoCatalog } from './demo-catalog.ts';
import { pollFiles } from '../../files/poll-files.ts';

/** Where events don't come, a save shows this late. */
const POLL_MS = 1000;
/** Editors write in several steps, some empty the file first; what comes within this is one save. */
const SETTLE_MS = 80;

/**
 * Reads the demos again with every save of a compose.yaml or a Dockerfile, and tells when something is new. What runs goes on
 * as it was started. Gives what ends it.
 */
export function watchDemos(catalog: DemoCatalog, onChange: () => void): () => void {
  const watchers = new Map<string, FSWatcher>();
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void look().catch(reportBug), SETTLE_MS);
  };
  const look = async (): Promise<void> => {
    const before = JSON.stringify(catalog.summaries(undefined));
    await catalog.reload();
    if (isClosed) return;
    watchPlaces(watchers, catalog.places, soon);
    if (JSON.stringify(catalog.summaries(undefined)) !== before) onChange();
  };
  watchPlaces(watchers, catalog.places, soon);
  const endPoll = pollFiles(
    () => [...catalog.places, ...catalog.sourceFiles],
    POLL_MS,
    () => {
      // A folder may be another one under the same name.
      for (const watcher of watchers.values()) watcher.close();
      watchers.clear();
      soon();
    },
  );
  return () => {
    endPoll();
    isClosed = true;
    clearTimeout(timer);
    for (const watcher of watchers.values()) watcher.close();
  };
}

/** Watches these folders and no others. */
function watchPlaces(
  watchers: Map<string, FSWatcher>,
  places: ReadonlySet<string>,
  onEvent: () => void,
): void {
  for (const [place, watcher] of watchers) {
    if (places.has(place)) continue;
    watcher.close();
    watchers.delete(place);
  }
  for (const place of places) {
    if (watchers.has(place)) continue;
    try {
      const watcher = watch(place, onEvent);
      // The folder went; the demos folder above it tells so as well.
      watcher.on('error', () => watchers.delete(place));
      watchers.set(place, watcher);
    } catch {
      // It is not there, or went in between.
    }
  }
}
