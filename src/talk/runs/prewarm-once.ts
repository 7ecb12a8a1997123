import type { Preflight } from '../../server/preflight.ts';
import type { Prewarmed } from '../../stage/preflight.ts';
import type { CatalogEntry } from '../demos/catalog-entry.ts';
import type { DemoCatalog } from '../demos/demo-catalog.ts';
import type { EngineWatch } from './engine-watch.ts';
import { demosOf } from '../preflight/look.ts';
import { prewarm } from './prewarm.ts';
import type { Runnable, StandbyRuns } from './standby-runs.ts';
import type { WatchedDeck } from '../deck/watched-deck.ts';

interface PrewarmOnceParts {
  deck: WatchedDeck;
  catalog: DemoCatalog;
  engines: EngineWatch;
  standby: StandbyRuns;
  preflight: Preflight;
}

/** Builds the deck's demos in the background as soon as there is an engine, and tells how far it is, here and on the board. */
export function toPrewarmOnce(parts: PrewarmOnceParts): () => void {
  const { deck, catalog, engines, standby, preflight } = parts;
  let hasBegun = false;
  const toRunnable = ({ demo, folder }: CatalogEntry): Runnable | undefined => {
    const { engine } = engines.current;
    return demo === undefined || engine === undefined ? undefined : { demo, folder, engine };
  };
  return () => {
    if (hasBegun || engines.current.engine === undefined) return;
    hasBegun = true;
    const entries = demosOf(deck.deck, catalog);
    const print = createPrewarmPrinter('prewarm');
    const tell = (rows: Prewarmed[]) => {
      print(rows);
      preflight.tellPrewarm(rows);
    };
    prewarm({ entries, toRunnable, standby, tell }).catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      process.stderr.write(`  prewarm: stopped: ${why}\n`);
    });
  };
}

/** A line for every row that changed; `word` begins it. */
export function createPrewarmPrinter(word: string): (rows: readonly Prewarmed[]) => void {
  const printed = new Map<string, string>();
  return (rows) => {
    for (const { demo, state, what } of rows) {
      const words = state === 'building' ? 'building …' : `${state}${what === '' ? '' : `, ${what}`}`;
      if (state === 'waiting' || printed.get(demo) === words) continue;
      printed.set(demo, words);
      process.stdout.write(`  ${word}: ${demo} ${words}\n`);
    }
  };
}
