import type { DemoCommand } from '../../demo/demo.ts';
import { commandFault } from '../../demo/run/command-fault.ts';
import type { RunEvent } from '../../demo/run/run-event.ts';

/** A command that has failed, or that takes longer than its budget. */
export interface CommandTrouble {
  reason: 'command' | 'slow';
  message: string;
  hint: string;
  name: string;
  /** How often it was run in this run, this time included. */
  times: number;
}

/** As much of what a command prints as is looked at for what it should contain. */
const MAX_PRINTED = 200_000;

/** Watches the commands of a run. `tell` hears of one in trouble, and by `undefined` that there is no more trouble. */
export class CommandWatch {
  readonly #commands: readonly DemoCommand[];
  readonly #tell: (trouble: CommandTrouble | undefined) => void;
  readonly #times = new Map<string, number>();
  #running: { command: DemoCommand; service: string; printed: string; timer?: NodeJS.Timeout } | undefined;

  constructor(commands: readonly DemoCommand[], tell: (trouble: CommandTrouble | undefined) => void) {
    this.#commands = commands;
    this.#tell = tell;
  }

  hear(event: RunEvent): void {
    if (event.type === 'shell') this.#hearText(event.service, event.text);
    if (event.type !== 'command') return;
    if (event.state === 'typing') this.#tell(undefined);
    if (event.state === 'running') this.#begin(event.name, event.service);
    if (event.state === 'done') this.#end(event.exitCode ?? 0);
  }

  close(): void {
    clearTimeout(this.#running?.timer);
    this.#running = undefined;
  }

  #hearText(service: string, text: string): void {
    const running = this.#running;
    if (running?.service === service) running.printed = (running.printed + text).slice(-MAX_PRINTED);
  }

  #begin(name: string, service: string): void {
    this.close();
    this.#times.set(name, (this.#times.get(name) ?? 0) + 1);
    const command = this.#commands.find((one) => one.name === name);
    if (command === undefined) return;
    this.#running = { command, service, printed: '' };
    const { budgetMs } = command;
    if (budgetMs === undefined) return;
    const seconds = Math.round(budgetMs / 100) / 10;
    const message = `The command "${name}" has not ended within its budget of ${seconds} s.`;
    this.#running.timer = setTimeout(
      () => this.#say(name, { reason: 'slow', message, hint: 'It may still end.' }),
      budgetMs,
    );
  }

  #end(exitCode: number): void {
    const running = this.#running;
    this.close();
    if (running === undefined) return;
    const { command, printed } = running;
    const fault = commandFault(command, { exitCode, printed });
    if (fault === undefined) return this.#tell(undefined);
    const message = `The command "${command.name}" ${fault}.`;
    this.#say(command.name, { reason: 'command', message, hint: 'Type it once more, or go on.' });
  }

  #say(name: string, trouble: Pick<CommandTrouble, 'reason' | 'message' | 'hint'>): void {
    this.#tell({ ...trouble, name, times: this.#times.get(name) ?? 1 });
  }
}
