import { setTimeout as delay } from 'node:timers/promises';
import type { Demo, DemoCommand } from '../../demo/demo.ts';
import { codeName, type RunBlock } from '../../demo/run-block.ts';
import { commandFault } from '../../demo/run/command-fault.ts';
import type { RunView } from '../../demo/run/run-view.ts';
import type { Run } from '../run.ts';

/** For a command that names no budget. */
const USUAL_BUDGET_MS = 60_000;

/** What is wrong with a command, and what to do about it. */
interface Problem {
  message: string;
  hint: string;
}

interface Rehearsing {
  run: Run;
  /** Folded as the run goes. */
  view: RunView;
  pauseMs: number;
  onProblem: (problem: Problem) => void;
}

/**
 * Types and runs every command of the demo in turn, then the code blocks that the deck has of it, and tells of each that isn't as expected,
 * or takes too long.
 */
export async function rehearseCommands(
  rehearsing: Rehearsing,
  demo: Demo,
  blocks: readonly RunBlock[],
): Promise<void> {
  const { shells } = rehearsing.run;
  for (const command of demo.commands ?? []) {
    // Nobody presses keys here.
    await shells.typeCommand(command.name, demo.typing === 'instant' ? 'instant' : 'human');
    const start = () => shells.runCommand();
    const named = `The command "${command.name}"`;
    const hint = 'Correct the command, or x-demo.commands.';
    if (!(await isEnded(rehearsing, { ...command, start, named, hint }))) return;
  }
  for (const block of blocks) {
    const [line = ''] = block.text.trim().split('\n', 1);
    const start = () => shells.runBlock(block);
    const named = `The code block "${line.slice(0, 60)}"`;
    const hint = 'Correct the code, or say what is expected: exit="1", expect="TEXT" on its fence.';
    if (!(await isEnded(rehearsing, { ...block, name: codeName(block.key), start, named, hint }))) return;
  }
}

interface Started extends Pick<DemoCommand, 'name' | 'budgetMs' | 'expect'> {
  start(): Promise<void>;
  /** For people. */
  named: string;
  hint: string;
}

/** Runs one. False when it did not end: nothing more can be typed where something still runs. */
async function isEnded({ view, pauseMs, onProblem }: Rehearsing, one: Started): Promise<boolean> {
  const { name, budgetMs = USUAL_BUDGET_MS, named, hint } = one;
  const before = view.commandRuns.get(name);
  await one.start();
  const ended = () => {
    const run = view.commandRuns.get(name);
    return run !== before && run?.state === 'done' ? run : undefined;
  };
  const isOver = () => ended() !== undefined || view.exit !== undefined;
  for (const until = performance.now() + budgetMs; !isOver() && performance.now() < until;) await delay(20);
  const run = ended();
  if (run === undefined) {
    onProblem({ message: `${named} had not ended after ${Math.round(budgetMs / 1000)} s.`, hint });
    return false;
  }
  const fault = commandFault(one, run);
  if (fault !== undefined) onProblem({ message: `${named} ${fault}.`, hint });
  await delay(pauseMs);
  return true;
}
