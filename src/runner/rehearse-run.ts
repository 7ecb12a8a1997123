import http from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { RunBlock } from '../demo/run-block.ts';
import type { Demo, Expectation } from '../demo/demo.ts';
import { findMismatch, nameExpectation, type Reply } from '../demo/run/expectation.ts';
import type { Phase, RunEvent } from '../demo/run/run-event.ts';
import { foldRunEvent } from '../demo/run/fold-run-event.ts';
import { emptyRunView, type RunView } from '../demo/run/run-view.ts';
import { UserError } from '../demo/user-error.ts';
import type { Run } from './run.ts';
import { rehearseCommands } from './shells/rehearse-commands.ts';

/** Something that a rehearsal found wrong: what, and what to do about it. */
export interface Problem {
  message: string;
  hint: string;
  /** The last lines that were printed before, when they may say why. */
  printed?: string[];
}

export interface RehearseRunOptions {
  /** How long what happens stays on the screen, in ms: between answers, and before the end. For runs that are recorded. */
  pauseMs: number;
  onEvent: (event: RunEvent, view: RunView) => void;
  /** Told as soon as something is wrong, before the run is over. */
  onProblem: (problem: Problem) => void;
  /** Code blocks of the deck that run in the demo. */
  blocks?: readonly RunBlock[];
}

export interface RehearsedRun {
  view: RunView;
  /** From the first build's beginning to the containers' start; missing when nothing was built, or the build failed. */
  buildMs: number | undefined;
}

/** For the app to answer after an edit. */
const RELOAD_MS = 10_000;

/** What is told after a run is ready, at the latest: processes and replicas. */
const FACTS_MS = 5000;

/** Follows a run until it is ready, asks what is expected of it and the examples, and stops it. */
export async function rehearseRun(run: Run, demo: Demo, options: RehearseRunOptions): Promise<RehearsedRun> {
  const began = new Map<Phase, number>();
  const view = emptyRunView();
  let asking: Promise<void> | undefined;
  let isStopping = false;
  let tail = '';
  for await (const event of run.events(0, new AbortController().signal)) {
    foldRunEvent(view, event);
    options.onEvent(event, view);
    if (event.type === 'output') tail = `${tail}${event.text}`.slice(-MAX_PRINTED);
    if (event.type === 'error') options.onProblem(toFailure(event, tail));
    if (event.type !== 'phase') continue;
    began.set(event.phase, event.at);
    if (event.phase === 'stopping') isStopping = true;
    if (event.phase !== 'ready') continue;
    asking = askAll(run, demo, view, options)
      // What fails because the run ended is told by its end.
      .catch((error: unknown) => isStopping || options.onProblem(toProblem(error)))
      .then(() => run.stop());
  }
  await asking;
  await run.done;
  const [building, starting] = [began.get('building'), began.get('starting')];
  return {
    view,
    buildMs: building === undefined || starting === undefined ? undefined : starting - building,
  };
}

/** Characters, and lines, of what was printed last. */
const MAX_PRINTED = 2000;
const PRINTED_LINES = 5;

function toFailure({ code, message, hint }: RunEvent & { type: 'error' }, tail: string): Problem {
  const lines = tail.split(/[\r\n]+/u).filter((line) => line.trim() !== '');
  const isBuild = code === 'build-failed';
  const network =
    ' If the step needs the network, rehearse once where there is one: after that its result is here.';
  return { message, hint: isBuild ? `${hint}${network}` : hint, printed: lines.slice(-PRINTED_LINES) };
}

async function askAll(run: Run, demo: Demo, view: RunView, options: RehearseRunOptions): Promise<void> {
  await waitForFacts(demo, view);
  for (const expectation of demo.expect) {
    const mismatch = findMismatch(expectation, await ask(run, view, expectation));
    if (mismatch === undefined) continue;
    const message = `${nameExpectation(expectation)} ${mismatch}.`;
    options.onProblem({ message, hint: 'Correct the app, or what x-demo.expect says of it.' });
  }
  const asked = new Set(demo.expect.map((one) => one.ask));
  for (const example of (demo.ask?.examples ?? []).filter((question) => !asked.has(question))) {
    await run.ask(example);
    await delay(options.pauseMs);
  }
  await rehearseCommands({ run, view, ...options }, demo, options.blocks ?? []);
  for (const { name } of demo.edits ?? []) {
    const reloads = view.reloads;
    await run.edits.play(name);
    for (const until = performance.now() + RELOAD_MS; view.reloads === reloads && performance.now() < until;)
      await delay(50);
    await delay(options.pauseMs);
  }
  await delay(options.pauseMs);
}

async function waitForFacts({ views }: Demo, view: RunView): Promise<void> {
  const isTold = () =>
    (!views.includes('process') || view.processes.length > 0) &&
    (!views.includes('layers') || view.replicas.length > 0);
  for (const until = performance.now() + FACTS_MS; !isTold() && performance.now() < until;) await delay(50);
}

async function ask(run: Run, view: RunView, { http: path, ask: question }: Expectation): Promise<Reply> {
  if (path !== undefined) return get(new URL(path, view.app?.url));
  const count = view.answers.length;
  await run.ask(question ?? '');
  // The answer is an event, which is folded a moment later.
  while (view.answers.length === count && view.exit === undefined) await delay(5);
  const answer = view.answers[count];
  return { status: answer?.status ?? 0, text: answer?.reply ?? '' };
}

const TIME_LIMIT_MS = 15_000;

async function get(url: URL): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => reject(noAnswer(url, error));
    const request = http.get(url, { agent: false, signal: AbortSignal.timeout(TIME_LIMIT_MS) });
    request.once('error', fail);
    request.once('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (more: string) => (text += more));
      response.once('error', fail);
      response.once('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
  });
}

function noAnswer(url: URL, error: Error): UserError {
  const message = `GET ${url.pathname} got no answer: ${error.message}.`;
  return new UserError('no-answer', message, 'What the service printed may say why.', { cause: error });
}

function toProblem(error: unknown): Problem {
  if (error instanceof UserError) return { message: error.message, hint: error.hint };
  const message = error instanceof Error ? error.message : String(error);
  return { message: `Asking it failed: ${message}`, hint: 'What the service printed may say why.' };
}
