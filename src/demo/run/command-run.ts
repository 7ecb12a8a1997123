import type { RunEventBody } from './run-event.ts';

/** One of the demo's commands, or a code block of the deck, as it was run last. */
export interface CommandRun {
  service: string;
  state: 'running' | 'done';
  /** As it came, colours included; only the end of very much. */
  text: string;
  exitCode?: number;
  ms?: number;
}

/** More than anybody reads or expects, in characters. */
const MAX_TEXT = 200_000;
/** Commands and code blocks of one deck. */
const MAX_RUNS = 200;
/** Where the shell says that a command has ended: behind it stands the next prompt. */
const ENDED = '\u001b]133;D';
/** Where bash says that what the command prints begins. */
const BEGUN = '\u001b]133;C\u0007';

/** The commands after an event of a shell, by name. */
export function withCommandRun(
  before: ReadonlyMap<string, CommandRun>,
  event: Extract<RunEventBody, { type: 'shell' | 'command' }>,
): ReadonlyMap<string, CommandRun> {
  if (event.type === 'command') return withState(before, event);
  const running = [...before].find(([, run]) => run.state === 'running' && run.service === event.service);
  if (running === undefined) return before;
  const [name, run] = running;
  // Until the line that was typed has ended, the shell only repeats it.
  const text = (run.text + event.text).slice(-MAX_TEXT);
  return new Map([...before, [name, { ...run, text }]]);
}

function withState(
  before: ReadonlyMap<string, CommandRun>,
  { name, service, state, exitCode, ms }: Extract<RunEventBody, { type: 'command' }>,
): ReadonlyMap<string, CommandRun> {
  const begun: CommandRun = { service, state: 'running', text: '' };
  if (state === 'running') return new Map([...before, [name, begun] as const].slice(-MAX_RUNS));
  const run = before.get(name);
  if (state !== 'done' || run === undefined) return before;
  const done: CommandRun = {
    ...run,
    state,
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(ms === undefined ? {} : { ms }),
  };
  return new Map([...before, [name, done]]);
}

/**
 * What it printed, without the line that was typed and the prompt behind. A line that comes before the shell has its prompt is
 * repeated twice; only where the shell doesn't say it, output begins behind the first line.
 */
export function printedBy({ text }: CommandRun): string {
  const begun = text.indexOf(BEGUN);
  const typed = text.indexOf('\n');
  const from = begun === -1 ? typed + 1 : begun + BEGUN.length;
  const ended = text.indexOf(ENDED, begun === -1 ? 0 : from);
  if (from === 0 || (ended !== -1 && ended < from)) return '';
  return text.slice(from, ended === -1 ? undefined : ended);
}
