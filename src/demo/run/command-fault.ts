import type { DemoCommand } from '../demo.ts';
import { printedBy, type CommandRun } from './command-run.ts';

/** What is wrong with how a command ended, as half a sentence; undefined when it did what its `expect` says. */
export function commandFault(
  { expect = {} }: Pick<DemoCommand, 'expect'>,
  run: CommandRun,
): string | undefined {
  const { exit = 0, contains } = expect;
  const { exitCode = 0 } = run;
  if (exitCode !== exit) return `ended with ${exitCode}, not ${exit}`;
  return contains === undefined || printedBy(run).includes(contains) ? undefined : `printed no "${contains}"`;
}
