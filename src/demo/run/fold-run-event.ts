import { withCommandRun } from './command-run.ts';
import { withFile } from './file-view.ts';
import { withService } from './service-list.ts';
import { withShell } from './shell-view.ts';
import { addText } from './transcript.ts';
import { terminalText } from './terminal-text.ts';
import { isOver, type ProcessFacts } from './run-event.ts';
import type { RunEvent, RunEventBody } from './run-event.ts';

import { emptyRunView, type AppPlace, type RunView, type StepView } from './run-view.ts';

/** Folds one event into the view, in place: a recording has a hundred thousand of them. Returns the same view. */
export function foldRunEvent(view: RunView, event: RunEvent): RunView {
  const text = terminalText(event);
  if (text !== '') addText(view, text, MAX_TRANSCRIPT);
  foldWithoutText(view, event);
  return view;
}

/** The same but for what the terminal shows. */
export function foldWithoutText(view: RunView, event: RunEvent): void {
  view.at = Math.max(view.at, event.at);
  foldBody(view, event);
}

/** More than a terminal scrolls back. */
const MAX_TRANSCRIPT = 4_000_000;

/** The view after all of `events`. */
export function toRunView(events: Iterable<RunEvent>): RunView {
  const view = emptyRunView();
  for (const event of events) foldRunEvent(view, event);
  return view;
}

/** What the build took in all, in ms; undefined while it is not done. */
export function toBuildMs(view: RunView): number | undefined {
  const [first] = view.steps;
  const isDone = view.steps.every((step) => step.state === 'done' || step.state === 'cached');
  if (first === undefined || !isDone || view.readyAt === undefined) return undefined;
  return view.steps.reduce((sum, step) => sum + (step.ms ?? 0), 0);
}

function foldBody(view: RunView, event: RunEvent): void {
  switch (event.type) {
    case 'phase':
      foldPhase(view, event);
      break;
    case 'source':
    case 'step':
    case 'layer':
    case 'progress':
      foldBuild(view, event);
      break;
    case 'earlier':
    case 'spare':
      if (event.type === 'earlier') view.earlierBuildMs = event.buildMs;
      else view.spareMs = event.waitedMs;
      break;
    case 'unready':
    case 'app':
      foldApp(view, event);
      break;
    case 'snapshot':
      view.snapshot = { file: event.file, width: event.width, height: event.height };
      break;
    case 'process':
    case 'replica':
    case 'service':
      foldFacts(view, event);
      break;
    case 'file':
    case 'edit':
    case 'reload':
    case 'shell':
    case 'command':
      foldTouch(view, event);
      break;
    case 'answer':
      view.answers.push({ question: event.question, status: event.status, reply: event.reply });
      break;
    case 'error':
    case 'exit':
      if (event.type === 'error') view.error = errorOf(event);
      else view.exit = event.status;
      break;
    case 'output':
      break;
  }
}

function foldFacts(view: RunView, event: RunEvent & { type: 'process' | 'replica' | 'service' }): void {
  if (event.type === 'process') view.processes = withProcess(view.processes, event.facts);
  else if (event.type === 'replica') foldReplica(view, event);
  else view.services = withService(view.services, event.facts);
}

/** What hands do to a demo that runs. */
function foldTouch(
  view: RunView,
  event: RunEvent & { type: 'file' | 'edit' | 'reload' | 'shell' | 'command' },
): void {
  if (event.type === 'reload') view.reloads += 1;
  else if (event.type === 'file' || event.type === 'edit') view.files = withFile(view.files, event);
  else {
    view.shells = withShell(view.shells, event);
    view.commandRuns = withCommandRun(view.commandRuns, event);
  }
}

function foldBuild(
  view: RunView,
  event: RunEvent & { type: 'source' | 'step' | 'layer' | 'progress' },
): void {
  if (event.type === 'source')
    view.sources.push({ service: event.service, file: event.file, text: event.text });
  else if (event.type === 'step') foldStep(view, event);
  else if (event.type === 'layer') foldLayer(view, event);
  else view.pulls.set(event.item, pullOf(event));
}

function withProcess(before: readonly ProcessFacts[], facts: ProcessFacts): ProcessFacts[] {
  return [...before.filter(({ service }) => service !== facts.service).slice(-MAX_PROCESSES), facts];
}

function foldPhase(view: RunView, { at, phase }: RunEvent & { type: 'phase' }): void {
  view.phase = phase;
  if (phase === 'ready') view.readyAt ??= at;
  if (phase !== 'stopping' && !isOver(phase)) view.reached = { phase, at };
}

/** No Dockerfile has as many: a broken recording must not make every fold a long search. */
const MAX_STEPS = 1000;
const MAX_PROCESSES = 100;

function foldStep(view: RunView, event: RunEvent & { type: 'step' }): void {
  const known = findStep(view, event.service, event.step);
  const step: StepView = known ?? {
    service: event.service,
    step: event.step,
    of: event.of,
    name: event.name,
    state: event.state,
    startedAt: event.at,
  };
  step.state = event.state;
  if (event.line !== undefined) step.line = event.line;
  if (event.ms !== undefined) step.ms = event.ms;
  if (known === undefined && view.steps.length < MAX_STEPS) view.steps.push(step);
}

function foldLayer(view: RunView, event: RunEvent & { type: 'layer' }): void {
  const step = findStep(view, event.service, event.step);
  if (step !== undefined) step.layerBytes = event.bytes;
}

function foldReplica(view: RunView, { at, facts }: RunEvent & { type: 'replica' }): void {
  const known = view.replicas.find((replica) => replica.number === facts.number);
  const isAsBefore = known !== undefined && (known.state === facts.state || facts.state === 'ended');
  const since = isAsBefore ? known.since : at;
  const others = view.replicas.filter((replica) => replica.number !== facts.number).slice(-MAX_PROCESSES);
  view.replicas = [...others, { ...facts, since }].toSorted((a, b) => a.number - b.number);
}

function findStep(view: RunView, service: string, number: number): StepView | undefined {
  return view.steps.find((step) => step.service === service && step.step === number);
}

function pullOf(event: Extract<RunEventBody, { type: 'progress' }>): { done: number; total?: number } {
  return event.total === undefined ? { done: event.done } : { done: event.done, total: event.total };
}

function foldApp(view: RunView, event: RunEvent & { type: 'app' | 'unready' }): void {
  if (event.type === 'app' && event.name !== undefined)
    view.apps = new Map(
      [...view.apps, [event.name, appOf(event)]].slice(-MAX_PROCESSES) as [string, AppPlace][],
    );
  else if (event.type === 'app') view.app = appOf(event);
  else view.unready = unreadyOf(event);
}

function unreadyOf(event: RunEvent & { type: 'unready' }): NonNullable<RunView['unready']> {
  const { service, status, ms = 0, at } = event;
  const since = at - ms;
  return status === undefined ? { service, since } : { service, since, status };
}

function appOf(event: Extract<RunEventBody, { type: 'app' }>): AppPlace {
  const { url, frame, reachable } = event;
  return frame === undefined ? { url, reachable } : { url, frame, reachable };
}

function errorOf(event: Extract<RunEventBody, { type: 'error' }>): NonNullable<RunView['error']> {
  const { code, message, hint } = event;
  return event.line === undefined ? { code, message, hint } : { code, message, hint, line: event.line };
}
