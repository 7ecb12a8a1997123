import type { RunEvent } from '../../src/demo/run/run-event.ts';
import type { LiveRun } from '../../src/server/runs/live-run.ts';
import { UserError } from '../../src/demo/user-error.ts';
import { RunLog } from '../../src/runner/run-log.ts';

/** Stands in for a run on an engine: the same log of events, and the test says what happens. */
export class StandInRun implements LiveRun {
  readonly log = new RunLog(() => 0);
  readonly questions: string[] = [];
  readonly actions: string[] = [];
  readonly done: Promise<void>;
  replicas = 0;
  stops = 0;
  /** Stopping takes until `end`, as it does for a container that ignores its signal. */
  isSlowToStop = false;
  #isDone: () => void = () => {};

  constructor() {
    this.done = new Promise((resolve) => (this.#isDone = resolve));
  }

  events(from: number, signal: AbortSignal): AsyncGenerator<RunEvent> {
    return this.log.events(from, signal);
  }

  print(text: string): void {
    this.log.push({ type: 'output', service: 'web', text });
  }

  stop(): void {
    this.stops += 1;
    if (!this.isSlowToStop) this.end();
  }

  end(): void {
    this.log.push({ type: 'exit', status: 0 });
    this.#isDone();
  }

  async ask(question: string): Promise<void> {
    if (question === '') throw new UserError('no-ask', 'This demo takes no questions.', 'Ask another.');
    this.questions.push(question);
  }

  async addReplica(): Promise<void> {
    this.replicas += 1;
  }

  readonly shells: LiveRun['shells'] = {
    open: async () => {},
    type: async (_service, { text }) => void this.actions.push(text),
    typeCommand: async (name) => void this.actions.push(`type:${name}`),
    pressKey: () => void this.actions.push('key'),
    runBlock: async ({ key }) => void this.actions.push(`code:${key}`),
    runCommand: async () => void this.actions.push('run'),
  };

  readonly edits: LiveRun['edits'] = {
    change: async (file) => void this.actions.push(`edit:${file}`),
    play: async (name) => void this.actions.push(`play:${name}`),
    keep: async () => [],
  };

  async control(service: string, action: string): Promise<void> {
    this.actions.push(`${action}:${service}`);
  }
}
