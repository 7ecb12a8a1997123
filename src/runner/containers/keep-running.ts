import { setTimeout as delay } from 'node:timers/promises';
import type { ServiceAction } from '../../demo/view.ts';
import { UserError } from '../../demo/user-error.ts';
import type { ContainerState } from '../../engine/container-spec.ts';
import type { RunContext, StartedContainer } from '../run-context.ts';
import { explainEnd } from './explain-end.ts';
import { rebuildImage } from '../build/build-image.ts';
import { findApps, startAgain } from './attach-and-start.ts';
import { say } from './say.ts';
import { runPreStop } from './hooks.ts';
import { isStartedAgain, pauseBefore } from './restart-rule.ts';
import { startContainer } from './start-containers.ts';

/** A container that ran so long has recovered. */
const RECOVERED_MS = 10_000;

/** Keeps a run's containers as its file and the speaker want them. */
export interface Keeper {
  /**
   * From ready to the end: resolves when every container has done its work and ended well; fails when one ends badly and nothing
   * starts it again, or the one that the panel shows ends at all. An abort fails it too.
   */
  watch(): Promise<void>;
  /** Kills, stops or starts a service. Throws a `UserError` when there is no such service, or the run isn't ready. */
  act(service: string, action: Exclude<ServiceAction, 'scale'>): Promise<void>;
  /** Stops a container and starts it again, as `develop.watch` wants it. */
  restart(container: StartedContainer): Promise<void>;
  /** Builds a service's image again, and puts a container of it in the place of the one that runs. */
  rebuild(container: StartedContainer): Promise<void>;
}

/** What the speaker did to a container; it then stays as it is until it is started again. */
type Hand = 'killed' | 'stopped' | 'restarted' | 'replaced';

/** Containers that are down, and what brings each back. */
type Wakes = Map<string, (hand?: Hand) => void>;

export function createKeeper(context: RunContext): Keeper {
  const hands = new Map<string, Hand>();
  const wakes: Wakes = new Map();
  let isWatching = false;
  const act: Keeper['act'] = async (service, action) => {
    if (!isWatching) throw notReady(context);
    const containers = context.made.containers.filter((one) => one.service.name === service);
    if (containers.length === 0) throw unknown(context, service);
    for (const container of containers) await actOn(context, container, action, hands, wakes);
  };
  const stopAs = async (hand: Hand, container: StartedContainer): Promise<void> => {
    const { id, service } = container;
    // It is down already, and waits.
    const wake = wakes.get(id);
    if (wake !== undefined) return wake(hand);
    hands.set(id, hand);
    await runPreStop(context, container);
    await context.engine.stopContainer(id, service.stopGraceMs);
  };
  return {
    watch: async () => {
      isWatching = true;
      await Promise.all(context.made.containers.map((one) => keep(context, one, hands, wakes)));
    },
    act,
    restart: async (container) => stopAs('restarted', container),
    rebuild: async (container) => {
      if (!isWatching) throw notReady(context);
      await rebuildImage(context, container.service);
      await stopAs('replaced', container);
    },
  };
}

async function actOn(
  context: RunContext,
  container: StartedContainer,
  action: Exclude<ServiceAction, 'scale'>,
  hands: Map<string, Hand>,
  wakes: Wakes,
): Promise<void> {
  const { engine, board } = context;
  const { id, service, number } = container;
  if (action === 'start') {
    hands.delete(id);
    wakes.get(id)?.();
    return;
  }
  if (wakes.has(id)) return;
  hands.set(id, action === 'kill' ? 'killed' : 'stopped');
  if (action === 'kill') return engine.killContainer(id);
  board.tell(service, number, { state: 'stopped' });
  await runPreStop(context, container);
  await engine.stopContainer(id, service.stopGraceMs);
}

async function keep(
  context: RunContext,
  container: StartedContainer,
  hands: Map<string, Hand>,
  wakes: Wakes,
): Promise<void> {
  const { engine, signal, board } = context;
  const { service, number } = container;
  let current = container;
  let restarts = 0;
  let inARow = 0;
  // Started by a save: the next one may heal what this one broke.
  let isSaved = false;
  for (;;) {
    const { id } = current;
    const began = performance.now();
    await engine.waitContainer(id, signal);
    const state = await engine.inspectContainer(id);
    let hand = hands.get(id);
    hands.delete(id);
    board.tell(service, number, { state: toState(hand), exitCode: state.exitCode, memoryBytes: 0, cpus: 0 });
    if (performance.now() - began > RECOVERED_MS) inARow = 0;
    if (hand === 'stopped' || (hand === 'killed' && service.restart === undefined)) {
      hand = await untilWoken(id, wakes, signal);
    } else if (hand !== 'restarted' && hand !== 'replaced') {
      if (isStartedAgain(service, state, restarts)) {
        board.tell(service, number, { state: 'restarting' });
        await delay(pauseBefore(inARow), undefined, { signal });
        inARow += 1;
      } else if (isSaved) {
        say(
          context,
          service.name,
          `✗ ended with ${state.exitCode} after the last save: save again to start it`,
        );
        hand = await untilWoken(id, wakes, signal);
      } else return endOf(context, current, state);
    }
    isSaved = hand === 'restarted' || hand === 'replaced';
    restarts += 1;
    board.tell(service, number, { state: 'starting', restarts });
    current = await backAgain(context, current, hand);
  }
}

async function backAgain(
  context: RunContext,
  container: StartedContainer,
  hand: Hand | undefined,
): Promise<StartedContainer> {
  if (hand !== 'replaced') {
    await startAgain(context, container);
    return container;
  }
  const { engine, made } = context;
  await engine.removeContainer(container.id);
  made.containers = made.containers.filter((one) => one !== container);
  const next = await startContainer(context, container.service, container.number);
  await findApps(context, next);
  return next;
}

function toState(hand: Hand | undefined): 'killed' | 'stopped' | 'ended' | 'restarting' {
  if (hand === undefined) return 'ended';
  return hand === 'killed' || hand === 'stopped' ? hand : 'restarting';
}

function endOf(context: RunContext, { service }: StartedContainer, state: ContainerState): void {
  const { app, ask } = context.demo;
  const isShown = app?.service === service.name || ask?.service === service.name;
  if (state.exitCode !== 0 || state.oomKilled || isShown) throw explainEnd(context, service, state);
}

/** Until somebody starts it again; resolves to how. */
async function untilWoken(id: string, wakes: Wakes, signal: AbortSignal): Promise<Hand | undefined> {
  return new Promise<Hand | undefined>((resolve, reject) => {
    const onAbort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
    wakes.set(id, (hand) => {
      signal.removeEventListener('abort', onAbort);
      resolve(hand);
    });
  }).finally(() => wakes.delete(id));
}

function notReady({ demo }: RunContext): UserError {
  return new UserError('not-running', `${demo.name} isn't ready yet.`, 'Wait until it is, and try again.');
}

function unknown({ demo }: RunContext, service: string): UserError {
  const message = `"${service}" does not run in ${demo.name}.`;
  return new UserError(
    'not-running',
    message,
    `Its services: ${demo.services.map(({ name }) => name).join(', ')}.`,
  );
}
