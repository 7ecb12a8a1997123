import { setTimeout as delay } from 'node:timers/promises';
import type { Runs } from '../../server/runs/runs.ts';
import type { DemoCatalog } from '../demos/demo-catalog.ts';
import type { EngineWatch } from './engine-watch.ts';
import type { StandbyRuns } from './standby-runs.ts';

interface EndingParts {
  runs: Runs;
  standby: StandbyRuns;
  engines: EngineWatch;
  catalog: DemoCatalog;
}

/** After this long it is asked whether the engine is there at all. */
const PATIENCE_MS = 5000;
/** For what else there is to close. */
const LAST_MS = 1000;
/** An engine that answers may be as slow as this. */
const MAX_MS = 60_000;

/** Stops everything and waits until it is gone. When the engine answers nothing any more, says what is left, and ends all the same. */
export async function endRuns({ runs, standby, engines, catalog }: EndingParts): Promise<void> {
  const isGone = Promise.all([standby.close(), runs.stopAll()]).then(() => true);
  for (let waited = 0; waited < MAX_MS; waited += PATIENCE_MS) {
    if (await Promise.race([isGone, delay(PATIENCE_MS, false, { ref: false })])) return;
    if (!(await engines.answers())) break;
  }
  tellLeft(catalog.entries.flatMap(({ name }) => (runs.active(name) === undefined ? [] : [name])));
  process.exitCode = 1;
  // Calls that are never answered would keep the process.
  setTimeout(() => process.exit(), LAST_MS).unref();
}

function tellLeft(demos: readonly string[]): void {
  const what = demos.length === 0 ? 'what was begun' : demos.join(', ');
  process.stderr.write(
    `The engine doesn't answer, so its containers are left there: ${what}.\n` +
      '  When it answers again, `deckhand sweep` removes them; so does the next `deckhand present`.\n',
  );
}
