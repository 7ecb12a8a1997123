import type { Phase, RunEvent } from '../../demo/run/run-event.ts';
import type { RunView } from '../../demo/run/run-view.ts';
import { toSeconds } from '../../talk/rehearse/seconds.ts';

const REDRAW_MS = 250;
/** Where every line stays: those that somebody may wait for. */
const SAID = new Set<Phase>(['pulling', 'building', 'starting', 'ready']);
const SLOW_STEP_MS = 30_000;

export interface ProgressOutput {
  /** A line that is written over and over on a terminal; one line a phase elsewhere. */
  isTerminal: boolean;
  columns: number;
  write(text: string): void;
}

/** Says what a rehearsal is doing while it works. */
export class RehearseProgress {
  readonly #output: ProgressOutput;
  readonly #timer: NodeJS.Timeout | undefined;
  #now: { title: string; view: RunView; began: number } | undefined;
  #said = '';

  constructor(output: ProgressOutput) {
    this.#output = output;
    if (output.isTerminal) this.#timer = setInterval(() => this.#draw(), REDRAW_MS);
  }

  onEvent(demo: string, run: 1 | 2, event: RunEvent, view: RunView): void {
    const title = `${demo}, ${run === 1 ? 'first' : 'second'} run`;
    if (this.#now?.title !== title) this.#now = { title, view, began: performance.now() - event.at };
    if (this.#output.isTerminal) return;
    const isSlow = event.type === 'step' && event.state === 'done' && (event.ms ?? 0) > SLOW_STEP_MS;
    if ((event.type === 'phase' && SAID.has(event.phase)) || isSlow) this.#say(`${title}: ${toWords(view)}`);
  }

  /** Leaves the terminal's line empty for what comes. */
  close(): void {
    clearInterval(this.#timer);
    if (this.#output.isTerminal) this.#output.write('\r\u001b[K');
  }

  #say(line: string): void {
    if (line !== this.#said) this.#output.write(`${line}\n`);
    this.#said = line;
  }

  #draw(): void {
    if (this.#now === undefined) return;
    const { title, view, began } = this.#now;
    const line = `${title} · ${toSeconds(performance.now() - began)} · ${toWords(view)}`;
    const shown = line.length < this.#output.columns ? line : `${line.slice(0, this.#output.columns - 2)}…`;
    this.#output.write(`\r\u001b[K${shown}`);
  }
}

function toWords(view: RunView): string {
  switch (view.phase) {
    case 'building': {
      const step = view.steps.findLast(({ state }) => state === 'running') ?? view.steps.at(-1);
      return step === undefined ? 'building' : `building, step ${step.step} of ${step.of}: ${step.name}`;
    }
    case 'ready':
      return `ready after ${toSeconds(view.readyAt ?? 0)}, asking it`;
    case 'idle':
    case 'queued':
      return 'begins';
    default:
      return view.phase;
  }
}
