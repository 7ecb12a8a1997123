import type { RunEvent, RunSource } from '../../demo/run/run-event.ts';
import { reportBug } from '../../debug/report-bug.ts';
import { createRedactor } from '../../runner/recorder/redact.ts';
import type { RedactOptions } from '../../runner/recorder/redact-text.ts';
import { RunLog } from '../../runner/run-log.ts';

/** What may still become a secret waits no longer than this for the rest of it: nobody likes to type into a slow shell. In ms. */
const HELD_MS = 100;
/** An editor must have the text that is saved. */
const EDITED = new Set(['file', 'edit']);

/** The run as screens may see it: what recordings must not show is covered for them, too. */
export function redactLive<R extends RunSource>(run: R, options: RedactOptions): R {
  const log = new RunLog(() => 0);
  void follow(run, log, options).catch(reportBug);
  return { ...run, events: (from, signal) => log.events(from, signal) };
}

async function follow(run: RunSource, log: RunLog, options: RedactOptions): Promise<void> {
  const redactor = createRedactor(options);
  const add = (events: readonly RunEvent[]) => {
    for (const event of events) log.append(event);
  };
  let timer: NodeJS.Timeout | undefined;
  for await (const event of run.events(0, new AbortController().signal)) {
    clearTimeout(timer);
    if (EDITED.has(event.type)) add([...redactor.end(), event]);
    else add(redactor.push(event));
    timer = setTimeout(() => add(redactor.end()), HELD_MS);
  }
  clearTimeout(timer);
  add(redactor.end());
}
