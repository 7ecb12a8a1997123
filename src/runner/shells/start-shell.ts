import { StringDecoder } from 'node:string_decoder';
import { setTimeout as delay } from 'node:timers/promises';
import { UserError } from '../../demo/user-error.ts';
import type { TerminalExec } from '../../engine/container-spec.ts';
import { OutputGate } from '../output-gate.ts';
import type { RunContext, StartedContainer } from '../run-context.ts';
import { tooMuch } from './shell-errors.ts';
import { PROMPT_ENVIRONMENT, PromptMarks } from './prompt-marks.ts';

/** In letters. */
export interface ShellSize {
  columns: number;
  rows: number;
}

/** One that is open. */
export interface Shell {
  service: string;
  terminal: TerminalExec;
  /** The screen that has the keyboard. */
  holder: string | undefined;
  /** A command was started in it and has not ended. */
  isRunning: boolean;
  /** Told of each command that ends. */
  onEnd: Set<(status: number) => void>;
}

/** So long may a shell take to show its first prompt before a command is typed. */
const PROMPT_MS = 3000;

/** Opens a shell in a service's container; what it prints becomes events. Throws a `UserError` when there can't be one. */
export async function startShell(
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
  const shell: Shell = { service, terminal, holder: undefined, isRunning: false, onEnd: new Set() };
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
    gate.push({ service }, Buffer.from(text));
    const ended = marks.read(text);
    // What a command printed is told before its end.
    if (ended.length > 0) gate.flush();
    for (const status of ended) for (const tell of shell.onEnd) tell(status);
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

/** The container of a service's shell. Throws a `UserError` when it does not run. */
export function findContainer({ made, demo }: RunContext, service: string): StartedContainer {
  const found = made.containers.find((one) => one.service.name === service && one.number === 1);
  if (found !== undefined) return found;
  const message = `"${service}" does not run in ${demo.name}.`;
  throw new UserError('not-running', message, 'Start the demo, and wait until it is ready.');
}

/** A program that takes nothing more must not fill our memory. */
const MAX_WAITING = 1_000_000;

/** Sends keys to a shell. Throws a `UserError` when too many wait for it already. */
export async function send({ terminal: { stream } }: Shell, text: string): Promise<void> {
  if (stream.writableLength > MAX_WAITING) throw tooMuch();
  if (!stream.write(text))
    await new Promise<void>((resolve) => {
      stream.once('drain', resolve);
      stream.once('close', resolve);
    });
}
