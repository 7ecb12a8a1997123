import type { DemoCommand } from '../demo.ts';

/** What is wrong with how a command ended, as half a sentence; undefined when it did what its `expect` says. */
export function commandFault(
  { expect = {} }: Pick<DemoCommand, 'expect'>,
  ended: { exitCode: number; printed: string },
): string | undefined {
  const { exit = 0, contains } = expect;
  if (ended.exitCode !== exit) return `ended with ${ended.exitCode}, not ${exit}`;
  return contains === undefined || ended.printed.includes(contains) ? undefined : `printed no "${contains}"`;
}
