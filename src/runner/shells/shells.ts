import { StringDecoder } from 'node:string_decoder';
import { setTimeout as delay } from 'node:timers/promises';
import { UserError } from '../../demo/user-error.ts';
import type { ShellTarget } from '../../demo/demo.ts';
import type { TerminalExec } from '../../engine/engine.ts';
import { OutputGate } from '../output-gate.ts';
import type { RunContext, StartedContainer } from '../run-context.ts';
import { PROMPT_ENVIRONMENT, PromptMarks } from './prompt-marks.ts';
import { pauseAfter } from './typing.ts';

/** In letters. */
export interface ShellSize {
  columns: number;
  rows: number;
}

/** Shells in a run's containers: one a service, which every screen shares. They end with the run. */
export interface Shells {
  /** Opens a service's shell, or gives the one that is open another size. Throws a `UserError` when there can't be one. */
  open(service: string, size: ShellSize): Promise<void>;
  /**
   * Sends what was typed on a screen. One screen has the keyboard at a time: another gets it by `take`, and is refused with a
   * `UserError` without.
   */
  type(service: string, keys: { text: string; screen: string; take: boolean }): Promise<void>;
  /** Types one of the demo's commands as a person would, and leaves it there. */
  typeCommand(name: string): Promise<void>;
  /** Presses Enter behind it; when the command has ended, an event tells. */
  runCommand(): Promise<void>;
  close(): void;
}

interface Shell {
  service: string;
  terminal: TerminalExec;
  /** The screen that has the keyboard. */
  holder: string | undefined;
  /** Told of each command that ends. */
  onEnd: Set<(status: number) => void>;
}

/** A program that takes nothing more must not fill our memory. */
const MAX_WAITING = 1_000_000;
/** So long may a shell take to show its first prompt before a command is typed. */
const PROMPT_MS = 3000;

export function createShells(context: RunContext): Shells {
  const shells = new Map<string, Shell>();
  const opening = new Map<string, Promise<Shell>>();
  let typed: { name: string; shell: Shell } | undefined;
  const openOnce = async (service: string, size: ShellSize): Promise<Shell> => {
    const known = shells.get(service) ?? opening.get(service);
    if (known !== undefined) return known;
    const made = start(context, service, size, () => shells.delete(service)).finally(() =>
      opening.delete(service),
    );
    opening.set(service, made);
    const shell = await made;
    shells.set(service, shell);
    return shell;
  };
  return {
    open: async (service, size) => {
      const name = findService(context, service);
      const isOpen = shells.has(name);
      const shell = await openOnce(name, size);
      if (isOpen) await resize(context, shell, size);
    },
    type: async (service, { text, screen, take }) => {
      const shell = shells.get(findService(context, service));
      if (shell === undefined) throw notOpen();
      if (!take && shell.holder !== undefined && shell.holder !== screen) throw elsewhere();
      shell.holder = screen;
      await send(shell, text);
    },
    typeCommand: async (name) => {
      const command = context.demo.commands?.find((one) => one.name === name);
      if (command === undefined) throw unknownCommand(context, name);
      const shell = await openOnce(findService(context, command.service ?? ''), DEFAULT_SIZE);
      typed = { name, shell };
      context.emit({ type: 'command', service: shell.service, name, state: 'typed' });
      let before = '';
      for (const letter of command.run) {
        await delay(pauseAfter(before, letter), undefined, { signal: context.signal });
        await send(shell, letter);
        before = letter;
      }
    },
    runCommand: async () => {
      if (typed === undefined) throw nothingTyped();
      const { name, shell } = typed;
      typed = undefined;
      await run(context, shell, name);
    },
    close: () => {
      for (const { terminal } of shells.values()) terminal.stream.destroy();
    },
  };
}

const DEFAULT_SIZE: ShellSize = { columns: 80, rows: 22 };

async function start(
  context: RunContext,
  service: string,
  size: ShellSize,
  onOver: () => void,
): Promise<Shell> {
  const container = findContainer(context, service);
  const target = context.demo.shell?.service === service ? context.demo.shell : undefined;
  const command = target?.command ?? (await findShell(context, container));
  const environment = { ...PROMPT_ENVIRONMENT, COLUMNS: String(size.columns), LINES: String(size.rows) };
  const terminal = await context.engine.openTerminal(container.id, {
    command,
    environment,
    workingDir: target?.workingDir,
    user: target?.user,
    ...size,
  });
  const shell: Shell = { service, terminal, holder: undefined, onEnd: new Set() };
  context.emit({ type: 'shell', service, text: '', ...size });
  read(context, shell, onOver);
  await firstPrompt(shell);
  return shell;
}

/** bash where it is, else sh. */
async function findShell(
  { engine, signal }: RunContext,
  { id, service }: StartedContainer,
): Promise<string[]> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(5000)]);
  const said = await engine
    .execContainer(id, ['sh', '-c', 'command -v bash || command -v sh'], limit)
    .catch(() => '');
  const path = said.trim().split('\n').at(-1) ?? '';
  if (path.startsWith('/')) return path.endsWith('bash') ? [path, '-i'] : [path];
  const message = `The image of "${service.name}" has no shell.`;
  const hint = 'Name a program that it has in x-demo.shell.command, or show another service: shell:NAME.';
  throw new UserError('no-shell', message, hint);
}

function read(context: RunContext, shell: Shell, onOver: () => void): void {
  const { service, terminal } = shell;
  const decoder = new StringDecoder('utf8');
  const marks = new PromptMarks();
  const gate = new OutputGate(
    (_origin, text) => context.emit({ type: 'shell', service, text }),
    () => performance.now(),
  );
  terminal.stream.on('data', (bytes: Buffer) => {
    const text = decoder.write(bytes);
    for (const status of marks.read(text)) for (const tell of shell.onEnd) tell(status);
    gate.push({ service }, Buffer.from(text));
  });
  terminal.stream.on('error', () => terminal.stream.destroy());
  terminal.stream.once('close', () => {
    gate.flush();
    onOver();
    void tellEnd(context, shell);
  });
}

async function tellEnd(context: RunContext, { service, terminal, onEnd }: Shell): Promise<void> {
  const status = await terminal.exitCode().catch(() => undefined);
  const why = status === undefined ? 'The container has ended.' : `The shell has ended with ${status}.`;
  context.emit({ type: 'shell', service, text: `\r\n\u001b[2m${why}\u001b[0m\r\n`, isOver: true });
  for (const tell of onEnd) tell(status ?? 255);
}

async function firstPrompt(shell: Shell): Promise<void> {
  await Promise.race([new Promise((resolve) => shell.onEnd.add(resolve)), delay(PROMPT_MS)]);
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
  context.emit({ type: 'command', service, name, state: 'running' });
  await send(shell, '\r');
  void ended.then((exitCode) => {
    const ms = Math.round(performance.now() - began);
    context.emit({ type: 'command', service, name, state: 'done', exitCode, ms });
  });
}

async function send({ terminal: { stream } }: Shell, text: string): Promise<void> {
  if (stream.writableLength > MAX_WAITING) throw tooMuch();
  if (!stream.write(text))
    await new Promise<void>((resolve) => {
      stream.once('drain', resolve);
      stream.once('close', resolve);
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

function findContainer({ made, demo }: RunContext, service: string): StartedContainer {
  const found = made.containers.find((one) => one.service.name === service && one.number === 1);
  if (found !== undefined) return found;
  const message = `"${service}" does not run in ${demo.name}.`;
  throw new UserError('not-running', message, 'Start the demo, and wait until it is ready.');
}

function notOpen(): UserError {
  return new UserError('no-shell', 'The shell is not open.', 'Click into it.');
}

function elsewhere(): UserError {
  return new UserError(
    'keyboard-elsewhere',
    'Another screen has the keyboard.',
    'Click into the shell to take it.',
  );
}

function nothingTyped(): UserError {
  return new UserError('nothing-typed', 'No command is typed.', 'Type one first: steps="type:NAME run".');
}

function tooMuch(): UserError {
  return new UserError(
    'too-much',
    'The program in the shell takes no more input.',
    'Wait, or press Ctrl+C in it.',
  );
}

function unknownCommand({ demo }: RunContext, name: string): UserError {
  const names = (demo.commands ?? []).map((one) => one.name).join(', ');
  const hint = names === '' ? 'Add it to x-demo.commands.' : `Its commands: ${names}.`;
  return new UserError('unknown-command', `${demo.name} has no command "${name}".`, hint);
}
