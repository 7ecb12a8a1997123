/** What `DECKHAND_DEBUG=engine,stage` can name: requests to the engine, changes of the stage, events of runs. */
const SCOPES = ['engine', 'stage', 'run'] as const;
export type DebugScope = (typeof SCOPES)[number];

/**
 * A function that writes one line on stderr, with the time, while `DECKHAND_DEBUG` names its scope (or is `*`); else it does
 * nothing, and `line` isn't asked. Lines hold names and numbers only: no bodies, no queries, no output, no secrets.
 */
export function createDebug(scope: DebugScope): (line: () => string) => void {
  const wanted = (process.env['DECKHAND_DEBUG'] ?? '').split(',').map((one) => one.trim());
  if (!wanted.includes(scope) && !wanted.includes('*')) return () => {};
  return (line) => {
    process.stderr.write(`${new Date().toISOString().slice(11, 23)} ${scope.padEnd(6)} ${line()}\n`);
  };
}
