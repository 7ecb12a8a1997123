/**
 * Loaded into the Deckhand that is soaked (`node --import`). At each SIGUSR2 it collects its garbage and writes what it holds
 * to the file that SOAK_PROBE names: nothing of this is in the product.
 */
import { renameSync, writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export interface ServerSample {
  /** Bytes. */
  heap: number;
  rss: number;
  /** Sockets, timers, watchers, pipes. */
  handles: number;
}

const file = process.env['SOAK_PROBE'];
if (file !== undefined) {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  process.on('SIGUSR2', () => {
    collect();
    const { heapUsed, rss } = process.memoryUsage();
    const sample: ServerSample = { heap: heapUsed, rss, handles: process.getActiveResourcesInfo().length };
    writeFileSync(`${file}.next`, JSON.stringify(sample));
    renameSync(`${file}.next`, file);
  });
}
