import type { RunEventBody } from './run-event.ts';

/** What a code block of the deck printed. */
export interface CodeRun {
  service: string;
  state: 'running' | 'done';
  /** As it came, colours included; only the end of very much. */
  text: string;
  exitCode?: number;
  ms?: number;
}

/** More than a slide shows, in characters. */
const MAX_TEXT = 20_000;
/** Blocks of one deck. */
const MAX_RUNS = 200;
/** Where the shell says that a command has ended: behind it stands the next prompt. */
const ENDED = '\u001b]133;D';

/** The outputs of code blocks after an event of a shell, by the command's name. */
export function withCodeRun(
  before: ReadonlyMap<string, CodeRun>,
  event: Extract<RunEventBody, { type: 'shell' | 'command' }>,
): ReadonlyMap<string, CodeRun> {
  if (event.type === 'command') return event.name.startsWith('code:') ? withState(before, event) : before;
  const running = [...before].find(([, run]) => run.state === 'running' && run.service === event.service);
  if (running === undefined) return before;
  const [name, run] = running;
  // Until the line that was typed has ended, the shell only repeats it.
  const text = (run.text + event.text).slice(-MAX_TEXT);
  return new Map([...before, [name, { ...run, text }]]);
}

function withState(
  before: ReadonlyMap<string, CodeRun>,
  { name, service, state, exitCode, ms }: Extract<RunEventBody, { type: 'command' }>,
): ReadonlyMap<string, CodeRun> {
  const begun: CodeRun = { service, state: 'running', text: '' };
  if (state === 'running') return new Map([...before, [name, begun] as const].slice(-MAX_RUNS));
  const run = before.get(name);
  if (state !== 'done' || run === undefined) return before;
  const done: CodeRun = {
    ...run,
    state,
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(ms === undefined ? {} : { ms }),
  };
  return new Map([...before, [name, done]]);
}

/** What it printed, without the line that was typed and the prompt behind. */
export function printedBy({ text }: CodeRun): string {
  const typed = text.indexOf('\n');
  const ended = text.indexOf(ENDED);
  if (typed === -1 || (ended !== -1 && ended < typed)) return '';
  return text.slice(typed + 1, ended === -1 ? undefined : ended);
}
