import { setTimeout as delay } from 'node:timers/promises';
import type { Demo, DemoCommand } from '../../demo/demo.ts';
import { codeName, type RunBlock } from '../../demo/run-block.ts';
import { printedBy } from '../../demo/run/code-run.ts';
import { commandFault } from '../../demo/run/command-fault.ts';
import type { RunView } from '../../demo/run/run-view.ts';
import type { ShellView } from '../../demo/run/shell-view.ts';
import type { Run } from '../run.ts';

/** For a command that names no budget. */
const USUAL_BUDGET_MS = 60_000;

/** What is wrong with a command, and what to do about it. */
interface Problem {
  message: string;
  hint: string;
}

/** Types and runs every command of the demo in turn, and tells of each that isn't as `expect` says, or takes too long. */
export async function rehearseCommands(
  run: Run,
  demo: Demo,
  view: RunView,
  { pauseMs, onProblem }: { pauseMs: number; onProblem: (problem: Problem) => void },
): Promise<void> {
  for (const command of demo.commands ?? []) {
    // Nobody presses keys here.
    await run.shells.typeCommand(command.name, demo.typing === 'instant' ? 'instant' : 'human');
    const before = textOf(shellOf(view, command.name)).length;
    await run.shells.runCommand();
    const shell = await untilDone(view, command);
    const wrong = findFault(command, shell, before);
    if (wrong !== undefined)
      onProblem({
        message: `The command "${command.name}" ${wrong}.`,
        hint: 'Correct the command, or x-demo.commands.',
      });
    // Nothing more can be typed where something still runs.
    if (shell === undefined) return;
    await delay(pauseMs);
  }
}

/** Runs every code block of the deck that names the demo, in the deck's order. */
export async function rehearseBlocks(
  run: Run,
  view: RunView,
  {
    blocks = [],
    pauseMs,
    onProblem,
  }: { blocks?: readonly RunBlock[]; pauseMs: number; onProblem: (problem: Problem) => void },
): Promise<void> {
  for (const block of blocks) {
    const name = codeName(block.key);
    await run.shells.runBlock(block);
    const isDone = () => view.codeRuns.get(name)?.state === 'done';
    for (const until = performance.now() + USUAL_BUDGET_MS; !isDone() && performance.now() < until;)
      await delay(20);
    const ended = view.codeRuns.get(name);
    const first = block.text.trim().split('\n', 1)[0] ?? '';
    const fault =
      ended?.state === 'done'
        ? commandFault(block, { exitCode: ended.exitCode ?? 0, printed: printedBy(ended) })
        : `had not ended after ${USUAL_BUDGET_MS / 1000} s`;
    if (fault !== undefined)
      onProblem({
        message: `The code block "${first.slice(0, 60)}" ${fault}.`,
        hint: 'Correct the code, or say what is expected: exit="1", expect="TEXT" on its fence.',
      });
    if (ended?.state !== 'done') return;
    await delay(pauseMs);
  }
}

async function untilDone(
  view: RunView,
  { name, budgetMs = USUAL_BUDGET_MS }: DemoCommand,
): Promise<ShellView | undefined> {
  for (const until = performance.now() + budgetMs; performance.now() < until && view.exit === undefined;) {
    const shell = shellOf(view, name);
    if (shell?.command?.state === 'done') return shell;
    await delay(20);
  }
  return undefined;
}

function shellOf(view: RunView, command: string): ShellView | undefined {
  return [...view.shells.values()].find((shell) => shell.command?.name === command);
}

function textOf(shell: ShellView | undefined): string {
  return shell?.transcript.join('') ?? '';
}

/** As half a sentence; undefined when it did what was expected. */
function findFault(command: DemoCommand, shell: ShellView | undefined, before: number): string | undefined {
  if (shell === undefined)
    return `had not ended after ${Math.round((command.budgetMs ?? USUAL_BUDGET_MS) / 1000)} s`;
  return commandFault(command, {
    exitCode: shell.command?.exitCode ?? 0,
    printed: textOf(shell).slice(before),
  });
}
