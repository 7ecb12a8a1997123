/** Prints a bug where the speaker or author looks, with its stack; what was going on continues. */
export function reportBug(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
}
