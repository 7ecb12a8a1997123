import type { Typing } from '../../demo/demo.ts';
import { codeName, type RunBlock } from '../../demo/run-block.ts';
import type { RunContext } from '../run-context.ts';
import { CommandLine } from './command-line.ts';
import { codeLine } from './code-line.ts';
import { elsewhere, nothingTyped, notOpen, stillRuns, unknownCommand } from './shell-errors.ts';
import { findContainer, send, startShell, type Shell, type ShellSize } from './start-shell.ts';

/** Shells in a run's containers: one a service, which every screen shares. They end with the run. */
export interface Shells {
  /** Opens a service's shell, or gives the one that is open another size. Throws a `UserError` when there can't be one. */
  open(service: string, size: ShellSize): Promise<void>;
  /**
   * Sends what was typed on a screen. One screen has the keyboard at a time: another gets it by `take`, and is refused with a
   * `UserError` without.
   */
  type(service: string, keys: { text: string; screen: string; take: boolean }): Promise<void>;
  /**
   * Types one of the demo's commands, as the demo's `typing` says if nothing else is asked for, and leaves it there. Resolves when
   * the whole line is there; when keys type it, as soon as they can.
   */
  typeCommand(name: string, typing?: Typing): Promise<void>;
  /** Any letter was pressed: with `typing: keys` it types the next one of the command. */
  pressKey(): void;
  /** Presses Enter behind it, and types the rest of it first if keys type it; when the command has ended, an event tells. */
  runCommand(): Promise<void>;
  /** Runs a code block of the deck. Its output is what the shell shows until an event tells that it has ended. */
  runBlock(block: RunBlock): Promise<void>;
  close(): void;
}

export function createShells(context: RunContext): Shells {
  const shells = new OpenShells(context);
  /** The command that waits for Enter; pressed while it is being typed, Enter comes when all of it is there. */
  let typed: { line: CommandLine; whole: Promise<Shell> } | undefined;
  return {
    open: async (service, size) => {
      const name = findService(context, service);
      const isOpen = shells.get(name) !== undefined;
      const shell = await shells.open(name, size);
      if (isOpen) await resize(context, shell, size);
    },
    type: async (service, { text, screen, take }) => {
      const shell = shells.get(findService(context, service));
      if (shell === undefined) throw notOpen();
      if (!take && shell.holder !== undefined && shell.holder !== screen) throw elsewhere();
      shell.holder = screen;
      await send(shell, text);
    },
    typeCommand: async (name, typing = context.demo.typing ?? 'human') => {
      const command = context.demo.commands?.find((one) => one.name === name);
      if (command === undefined) throw unknownCommand(context, name);
      const before = typed;
      before?.line.hurry();
      const line = new CommandLine(name, command.run, typing);
      const opening = (async () => {
        await before?.whole.catch(() => undefined);
        return shells.open(findService(context, command.service ?? ''), DEFAULT_SIZE);
      })();
      const whole = opening.then(async (shell) => {
        await line.typeInto(context, shell);
        return shell;
      });
      typed = { line, whole };
      await (typing === 'keys' ? opening : whole);
    },
    pressKey: () => typed?.line.press(),
    runCommand: async () => {
      if (typed === undefined) throw nothingTyped();
      const { line, whole } = typed;
      typed = undefined;
      line.hurry();
      await run(context, await whole, line.name);
    },
    runBlock: (block) => runBlock(context, shells, block),
    close: () => shells.close(),
  };
}

/** One a service, however many screens ask for it at once. */
class OpenShells {
  readonly #context: RunContext;
  readonly #open = new Map<string, Shell>();
  readonly #opening = new Map<string, Promise<Shell>>();

  constructor(context: RunContext) {
    this.#context = context;
  }

  get(service: string): Shell | undefined {
    return this.#open.get(service);
  }

  async open(service: string, size: ShellSize): Promise<Shell> {
    const known = this.#open.get(service) ?? this.#opening.get(service);
    if (known !== undefined) return known;
    const opening = startShell(this.#context, service, size, () => this.#open.delete(service)).finally(() =>
      this.#opening.delete(service),
    );
    this.#opening.set(service, opening);
    const shell = await opening;
    this.#open.set(service, shell);
    return shell;
  }

  close(): void {
    for (const { terminal } of this.#open.values()) terminal.stream.destroy();
  }
}

/** Ctrl+U. */
const CLEAR_LINE = '\u0015';
const DEFAULT_SIZE: ShellSize = { columns: 80, rows: 22 };

async function runBlock(context: RunContext, shells: OpenShells, block: RunBlock): Promise<void> {
  const shell = await shells.open(findService(context, block.service ?? ''), DEFAULT_SIZE);
  if (shell.isRunning) throw stillRuns();
  const line = await codeLine(context, findContainer(context, shell.service), block);
  // What somebody has typed there and not run would be part of it.
  await send(shell, CLEAR_LINE + line);
  await run(context, shell, codeName(block.key));
}

async function run(context: RunContext, shell: Shell, name: string): Promise<void> {
  const { service, onEnd } = shell;
  const began = performance.now();
  const ended = new Promise<number>((resolve) => {
    const tell = (status: number) => {
      onEnd.delete(tell);
      resolve(status);
    };
    onEnd.add(tell);
  });
  shell.isRunning = true;
  context.emit({ type: 'command', service, name, state: 'running' });
  await send(shell, '\r');
  void ended.then((exitCode) => {
    shell.isRunning = false;
    const ms = Math.round(performance.now() - began);
    context.emit({ type: 'command', service, name, state: 'done', exitCode, ms });
  });
}

async function resize(context: RunContext, { service, terminal }: Shell, size: ShellSize): Promise<void> {
  await terminal.resize(size.columns, size.rows);
  context.emit({ type: 'shell', service, text: '', ...size });
}

/** The service that a shell is of: the one that is named, or the demo's first. */
function findService({ demo }: RunContext, service: string): string {
  if (service !== '') return service;
  return demo.shell?.service ?? demo.app?.service ?? demo.services[0]?.name ?? '';
}
