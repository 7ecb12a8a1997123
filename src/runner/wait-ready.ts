import { setTimeout as delay } from 'node:timers/promises';
import type { AppTarget } from '../demo/demo.ts';
import type { DependsCondition } from '../demo/service.ts';
import { UserError } from '../demo/user-error.ts';
import type { ContainerState } from '../engine/container-spec.ts';
import { awaitAnswer, type NotYet } from './await-answer.ts';
import { startAgain } from './containers/attach-and-start.ts';
import { isStartedAgain, pauseBefore } from './containers/restart-rule.ts';
import { explainEnd } from './containers/explain-end.ts';
import { openPreview } from './preview/preview.ts';
import type { RunContext, StartedContainer } from './run-context.ts';

/** Between two looks at a container: short, since a speaker waits for it. */
const PAUSE_MS = 100;

/**
 * Resolves when every healthcheck passes and the app's port answers HTTP: a container that runs is not yet an app that
 * answers. Fails when a container ends or is unhealthy meanwhile, or when it takes too long.
 */
export async function waitUntilReady(context: RunContext): Promise<void> {
  const giveUp = AbortSignal.timeout(context.readyTimeoutMs);
  const target = context.demo.app ?? context.demo.ask;
  const waits = context.made.containers.map(async (container) =>
    waitUntilHealthy(context, container, giveUp),
  );
  for (const one of [...(target === undefined ? [] : [target]), ...(context.demo.apps ?? [])])
    waits.push(waitForAnswer(context, one, giveUp));
  await Promise.all(waits);
}

/** Until the container is healthy, if it has a healthcheck. */
async function waitUntilHealthy(
  context: RunContext,
  container: StartedContainer,
  giveUp: AbortSignal,
): Promise<void> {
  for (let restarts = 0; ;) {
    context.signal.throwIfAborted();
    const state = await context.engine.inspectContainer(container.id);
    if (state.status === 'exited' && !giveUp.aborted && isStartedAgain(container.service, state, restarts)) {
      // It comes up once what it needs is there: many rely on that.
      await bringBack(context, container, state, restarts);
      restarts += 1;
      continue;
    }
    if (state.status === 'exited') {
      // One that has done its work is as ready as it will be.
      if (state.exitCode === 0 && !isTarget(context, container)) return;
      throw explainEnd(context, container.service, state);
    }
    if (state.health !== 'none')
      context.board.tell(container.service, container.number, { state: state.health });
    if (state.health === 'healthy' || state.health === 'none') return;
    if (state.health === 'unhealthy' || giveUp.aborted) throw unhealthy(container, state);
    await delay(PAUSE_MS, undefined, { signal: context.signal });
  }
}

async function bringBack(
  context: RunContext,
  container: StartedContainer,
  { exitCode }: ContainerState,
  restarts: number,
): Promise<void> {
  const { service, number } = container;
  context.board.tell(service, number, { state: 'restarting', exitCode });
  await delay(pauseBefore(restarts), undefined, { signal: context.signal });
  context.board.tell(service, number, { state: 'starting', restarts: restarts + 1 });
  await startAgain(context, container);
}

function isTarget({ demo }: RunContext, { service }: StartedContainer): boolean {
  return demo.app?.service === service.name || demo.ask?.service === service.name;
}

function unhealthy({ service }: StartedContainer, state: ContainerState): UserError {
  const printed = state.healthOutput === '' ? '' : ` It printed: ${state.healthOutput.slice(-300)}`;
  const message = `The healthcheck of "${service.name}" does not pass.${printed}`;
  return new UserError('unhealthy', message, 'Look at what the service printed, and at its healthcheck.');
}

async function waitForAnswer(
  context: RunContext,
  target: AppTarget & { name?: string },
  giveUp: AbortSignal,
): Promise<void> {
  const container = context.made.containers.find(({ service }) => service.name === target.service);
  if (container === undefined) return;
  const { path } = target;
  const { service } = container;
  let last: NotYet | undefined;
  const look = async (): Promise<number | undefined> => {
    const state = await context.engine.inspectContainer(container.id);
    if (state.status === 'exited' && service.restart === undefined) throw explainEnd(context, service, state);
    return state.ports.get(target.port);
  };
  const onNotYet = (reason: NotYet): void => {
    last = reason;
    context.emit({ type: 'unready', service: service.name, ...toUnready(reason) });
  };
  const host = `app.localhost:${context.previews?.port ?? target.port}`;
  const answered = await awaitAnswer({ look, path, host, signal: context.signal, giveUp, onNotYet });
  if (answered === undefined) throw unanswered(context, target, last);
  context.made.apps.push({ name: target.name, service: service.name, port: target.port, shown: answered });
  const preview = await openPreview(answered);
  const framed = context.previews?.add(answered);
  context.made.ways.push(preview, ...(framed === undefined ? [] : [framed]));
  const frame = framed === undefined ? {} : { frame: `${framed.origin}${path}` };
  const url = `http://127.0.0.1:${preview.port}${path}`;
  const name = target.name === undefined ? {} : { name: target.name };
  context.emit({ type: 'app', service: service.name, url, ...frame, reachable: true, ...name });
}

function toUnready(reason: NotYet): { ms: number } | { status: number } {
  return reason.why === 'slow' ? { ms: Math.round(reason.ms) } : { status: reason.status };
}

function unanswered(context: RunContext, { service, port }: AppTarget, last: NotYet | undefined): UserError {
  const seconds = Math.round(context.readyTimeoutMs / 1000);
  if (last?.why === 'slow') {
    const message = `"${service}" takes questions on port ${port}, and has answered none within ${seconds} s.`;
    const hint = 'Give it more time with x-demo.budget, or find out what its first page waits for.';
    return new UserError('slow-answer', message, hint);
  }
  if (last?.why === 'status') {
    const message = `"${service}" still answers with status ${last.status} after ${seconds} s: what it stands for is not up.`;
    const hint =
      'Look at what the services behind it printed, or let x-demo.app.path name a page that works.';
    return new UserError('unready-answer', message, hint);
  }
  const message = `Nobody answers on port ${port} of "${service}" after ${seconds} s, though its container runs.`;
  return new UserError(
    'no-answer',
    message,
    `Does it listen on 0.0.0.0:${port}? On 127.0.0.1 only the container itself can reach it.`,
  );
}

/** `depends_on`: until a service that was started before has come as far as its condition says. */
export async function waitForDependency(
  context: RunContext,
  name: string,
  condition: DependsCondition,
): Promise<void> {
  const container = context.made.containers.find(({ service }) => service.name === name);
  if (container === undefined || condition === 'service_started') return;
  if (condition === 'service_healthy') {
    await waitUntilHealthy(context, container, AbortSignal.timeout(context.readyTimeoutMs));
    return;
  }
  await context.engine.waitContainer(container.id, context.signal);
  const state = await context.engine.inspectContainer(container.id);
  if (state.exitCode !== 0) throw explainEnd(context, container.service, state);
}
