/** A second Ctrl+C after this long means it. */
const IMPATIENT_MS = 500;

/** Resolves when somebody asks this process to end. A second time ends it at once. */
export function endOfProcess(): Promise<void> {
  // A terminal that was closed (SIGHUP) takes no more text: what runs on the engine must be stopped all the same.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  return new Promise((resolve) => {
    let isEnding = false;
    let askedAt = 0;
    const end = () => {
      // npm passes Ctrl+C on, after the terminal has sent it: the second one of these is not the speaker's.
      if (isEnding) return void (performance.now() - askedAt > IMPATIENT_MS && process.exit(1));
      isEnding = true;
      askedAt = performance.now();
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  });
}
