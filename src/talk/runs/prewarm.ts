import type { RunEvent } from '../../demo/run/run-event.ts';
import type { Prewarmed } from '../../stage/preflight.ts';
import type { CatalogEntry } from '../demos/catalog-entry.ts';
import { readBuildState } from '../preflight/demos.ts';
import type { Runnable, StandbyRuns } from './standby-runs.ts';

export interface PrewarmParts {
  /** In the order of the talk. */
  entries: readonly CatalogEntry[];
  toRunnable(entry: CatalogEntry): Runnable | undefined;
  standby: StandbyRuns;
  /** Told after every change of a row. */
  tell(rows: Prewarmed[]): void;
}

/** Builds what is missing or outdated before the talk, one demo after the other. Resolves when all was tried. */
export async function prewarm({ entries, toRunnable, standby, tell }: PrewarmParts): Promise<Prewarmed[]> {
  const rows = entries.map(({ name }): Prewarmed => ({ demo: name, state: 'waiting', what: '' }));
  const put = (i: number, row: Pick<Prewarmed, 'state' | 'what'>): void => {
    const { name = '' } = entries[i] ?? {};
    rows[i] = { demo: name, ...row };
    tell([...rows]);
  };
  for (const [i, entry] of entries.entries()) {
    const runnable = toRunnable(entry);
    if (runnable === undefined) put(i, { state: 'failed', what: entry.problem?.message ?? 'no engine' });
    else if ((await readBuildState(entry, runnable.engine)) === 'current') {
      put(i, { state: 'built', what: 'already built from the current files' });
    } else {
      put(i, { state: 'building', what: '' });
      put(i, await buildOne(runnable, standby));
    }
  }
  return rows;
}

async function buildOne(
  runnable: Runnable,
  standby: StandbyRuns,
): Promise<Pick<Prewarmed, 'state' | 'what'>> {
  const began = performance.now();
  if (standby.has(runnable.demo.name)) return { state: 'joined', what: 'already running' };
  const run = await standby.build(runnable);
  let error: (RunEvent & { type: 'error' }) | undefined;
  for await (const event of run.events(0, new AbortController().signal)) {
    // Somebody started the demo meanwhile, and watches the rest of this build.
    if (event.type === 'phase' && event.phase === 'starting')
      return { state: 'joined', what: 'started by the speaker' };
    if (event.type === 'error') error = event;
    if (event.type === 'phase' && event.phase === 'cancelled')
      return { state: 'joined', what: 'the speaker builds it again' };
  }
  if (error !== undefined)
    return { state: 'failed', what: `${error.message.replace(/\.?$/u, '.')} ${error.hint}` };
  return { state: 'built', what: `in ${((performance.now() - began) / 1000).toFixed(1)} s` };
}
