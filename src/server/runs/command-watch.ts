import type { DemoCommand } from '../../demo/demo.ts';
import { commandFault } from '../../demo/run/command-fault.ts';
import type { CommandRun } from '../../demo/run/command-run.ts';
import type { RunEvent } from '../../demo/run/run-event.ts';
import type { RunView } from '../../demo/run/run-view.ts';

/** A command that has failed, or that takes longer than its budget. */
export interface CommandTrouble {
  reason: 'command' | 'slow';
  message: string;
  hint: string;
  name: string;
  /** How often it was run in this run, this time included. */
  times: number;
}

/** Watches the commands of a run. `tell` hears of one in trouble, and by `undefined` that there is no more trouble. */
export class CommandWatch {
  readonly #commands: readonly DemoCommand[];
  readonly #tell: (trouble: CommandTrouble | undefined) => void;
  readonly #times = new Map<string, number>();
  #slow: NodeJS.Timeout | undefined;

  constructor(commands: readonly DemoCommand[], tell: (trouble: CommandTrouble | undefined) => void) {
    this.#commands = commands;
    this.#tell = tell;
  }

  /** An event of the run, and the run as it is after it. */
  hear(event: RunEvent, { commandRuns }: Pick<RunView, 'commandRuns'>): void {
    if (event.type !== 'command') return;
    if (event.state === 'typing') this.#tell(undefined);
    const command = this.#commands.find(({ name }) => name === event.name);
    if (command === undefined) return;
    if (event.state === 'running') this.#begin(command);
    const run = commandRuns.get(event.name);
    if (event.state === 'done' && run !== undefined) this.#end(command, run);
  }

  close(): void {
    clearTimeout(this.#slow);
  }

  #begin({ name, budgetMs }: DemoCommand): void {
    this.close();
    this.#times.set(name, (this.#times.get(name) ?? 0) + 1);
    if (budgetMs === undefined) return;
    const seconds = Math.round(budgetMs / 100) / 10;
    const message = `The command "${name}" has not ended within its budget of ${seconds} s.`;
    this.#slow = setTimeout(
      () => this.#say(name, { reason: 'slow', message, hint: 'It may still end.' }),
      budgetMs,
    );
  }

  #end(command: DemoCommand, run: CommandRun): void {
    this.close();
    const fault = commandFault(command, run);
    if (fault === undefined) return this.#tell(undefined);
    const message = `The command "${command.name}" ${fault}.`;
    this.#say(command.name, { reason: 'command', message, hint: 'Type it once more, or move on.' });
  }

  #say(name: string, trouble: Pick<CommandTrouble, 'reason' | 'message' | 'hint'>): void {
    this.#tell({ ...trouble, name, times: this.#times.get(name) ?? 1 });
  }
}
