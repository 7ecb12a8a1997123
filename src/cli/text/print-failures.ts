import { join, relative } from 'node:path';
import type { RunEvent, RunSource } from '../../demo/run/run-event.ts';
import { UserError } from '../../demo/user-error.ts';
import type { StartRun } from '../../server/runs/runs.ts';
import type { DemoCatalog } from '../../talk/demos/demo-catalog.ts';
import { toPlainLine } from './plain-text.ts';
import type { Writers } from '../../talk/writers.ts';

interface FailureParts {
  catalog: Pick<DemoCatalog, 'find'>;
  writers: Pick<Writers, 'stderr'>;
}

/** Starts runs as `startRun` does, and says in the terminal what goes wrong: no screen may be open, or the audience is not to see it. */
export function printingFailures(
  startRun: StartRun,
  catalog: Pick<DemoCatalog, 'find'>,
  writers: Pick<Writers, 'stderr'>,
): StartRun {
  const parts = { catalog, writers };
  return async (demo, options) => {
    const run = await startRun(demo, options).catch((error: unknown) => {
      if (error instanceof UserError) print(parts, `${demo} can't start: ${error.message}`, error.hint);
      throw error;
    });
    void watch(run, demo, parts);
    return run;
  };
}

async function watch(run: RunSource, demo: string, parts: FailureParts): Promise<void> {
  let failed: Extract<RunEvent, { type: 'step' }> | undefined;
  for await (const event of run.events(0, new AbortController().signal)) {
    if (event.type === 'step' && event.state === 'failed') failed = event;
    if (event.type !== 'error') continue;
    const place = failed === undefined ? undefined : toPlace(parts, demo, failed);
    print(parts, `${demo} failed: ${place === undefined ? '' : `${place}: `}${event.message}`, event.hint);
  }
}

/** `demos/django/Dockerfile:7`, as the author would open it. */
function toPlace(
  { catalog }: FailureParts,
  demo: string,
  { service, line }: { service: string; line?: number },
): string | undefined {
  const { folder, demo: parsed } = catalog.find(demo) ?? {};
  const build = parsed?.services.find(({ name }) => name === service)?.build;
  if (folder === undefined || build === undefined) return undefined;
  const file = relative(process.cwd(), join(folder, build.context, build.dockerfile));
  return line === undefined ? file : `${file}:${line}`;
}

function print({ writers }: FailureParts, what: string, hint: string): void {
  writers.stderr(`  ${toPlainLine(what)}\n${hint === '' ? '' : `    ${toPlainLine(hint)}\n`}`);
}
