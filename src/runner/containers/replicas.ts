import type { AppTarget } from '../../demo/demo.ts';
import type { Service } from '../../demo/service.ts';
import type { ReplicaFacts } from '../../demo/run/run-event.ts';
import { UserError } from '../../demo/user-error.ts';
import { awaitAnswer } from '../await-answer.ts';
import { toUserError } from '../failure.ts';
import type { RunContext, StartedContainer } from '../run-context.ts';
import { startContainer, toContainerName } from './start-containers.ts';

/** As many as fit side by side on a slide, the run's own included. */
const MOST = 4;

/** More containers of the image that the run has built. They are cleaned up with the run. */
export interface Replicas {
  /** Lets others be started beside the run's own container, and tells of that one where layers are shown. Never fails. */
  open(): Promise<void>;
  /** Starts another, of the service that is shown if none is named; resolves when it has started, its being ready is told later. Throws a `UserError` when it can't be. */
  start(service?: string): Promise<void>;
  /** Starts no more, and resolves when none is being started: from then on the list of containers doesn't grow. */
  close(): Promise<void>;
}

export function createReplicas(context: RunContext): Replicas {
  const closing = new AbortController();
  const signal = AbortSignal.any([context.signal, closing.signal]);
  const pending = new Set<Promise<unknown>>();
  const kept = (work: Promise<unknown>): void => {
    const settled = work.catch(() => undefined).finally(() => pending.delete(settled));
    pending.add(settled);
  };
  let count = 0;
  return {
    open: async () => {
      const first = findFirst(context);
      if (first === undefined || signal.aborted) return;
      count = 1;
      // Counting what a container has written walks through its files, which only this view shows.
      if (!context.demo.views.includes('layers')) return;
      const told = await look(context, first, 1).catch(() => undefined);
      if (told !== undefined) context.emit({ type: 'replica', facts: { ...told, state: 'ready' } });
    },
    start: async (service) => {
      const first = findFirst(context, service);
      if (first === undefined || count === 0 || signal.aborted) throw notRunning(context);
      if (count >= MOST) throw tooMany();
      count += 1;
      const number = count;
      const started = startAnother(context, first.service, number, signal);
      kept(started.then(async (container) => follow(context, container, number, signal)));
      await started;
    },
    close: async () => {
      closing.abort();
      while (pending.size > 0) await Promise.all(pending);
    },
  };
}

/** The container whose image is shown: the app's, else the first that was built. */
function findFirst({ demo, made }: RunContext, wanted?: string): StartedContainer | undefined {
  const name =
    wanted ?? toTarget(demo)?.service ?? demo.services.find(({ build }) => build !== undefined)?.name;
  return made.containers.find(({ service }) => name === undefined || service.name === name);
}

function toTarget(demo: RunContext['demo']): AppTarget | undefined {
  return demo.app ?? demo.ask;
}

async function startAnother(
  context: RunContext,
  service: Service,
  number: number,
  signal: AbortSignal,
): Promise<StartedContainer> {
  try {
    const container = await startContainer(context, service, number);
    if (!signal.aborted) {
      const facts = { ...(await look(context, container, number)), state: 'starting' } as const;
      context.emit({ type: 'replica', facts });
    }
    return container;
  } catch (error) {
    throw toUserError(error);
  }
}

/** From started to ended. */
async function follow(
  context: RunContext,
  container: StartedContainer,
  number: number,
  signal: AbortSignal,
): Promise<void> {
  const isReady = await waitForAnswer(context, container, signal);
  const seen = await look(context, container, number);
  if (isReady) context.emit({ type: 'replica', facts: { ...seen, state: 'ready' } });
  await context.engine.waitContainer(container.id, signal);
  context.board.tell(container.service, number, { state: 'ended' });
  if (!signal.aborted) context.emit({ type: 'replica', facts: { ...seen, state: 'ended' } });
}

/** False when it ended before. */
async function waitForAnswer(
  { engine, demo }: RunContext,
  { id, service }: StartedContainer,
  signal: AbortSignal,
): Promise<boolean> {
  const target = toTarget(demo);
  let hasEnded = false;
  const look = async (): Promise<number | undefined> => {
    const { status, ports } = await engine.inspectContainer(id);
    hasEnded = status === 'exited';
    if (hasEnded) gone.abort();
    return target === undefined ? undefined : ports.get(target.port);
  };
  const gone = new AbortController();
  if (target?.service !== service.name) {
    await look();
    return !hasEnded;
  }
  const host = `localhost:${target.port}`;
  const wait = { look, path: target.path, host, signal, giveUp: gone.signal };
  return (await awaitAnswer(wait)) !== undefined;
}

async function look(
  context: RunContext,
  { id, service }: StartedContainer,
  number: number,
): Promise<Omit<ReplicaFacts, 'state'>> {
  const { engine, demo } = context;
  const [seen, ownBytes] = await Promise.all([engine.inspectContainer(id), engine.sizeContainer(id)]);
  const target = toTarget(demo);
  const port = target?.service === service.name ? seen.ports.get(target.port) : undefined;
  return {
    service: service.name,
    number,
    name: toContainerName(context, service, number),
    hostname: seen.hostname,
    pidOnHost: seen.pid,
    ownBytes,
    ...(port === undefined ? {} : { url: `http://127.0.0.1:${port}${demo.app?.path ?? '/'}` }),
  };
}

function notRunning({ demo }: RunContext): UserError {
  return new UserError(
    'not-running',
    `${demo.name} does not run yet.`,
    'Start it, and wait until it is ready.',
  );
}

function tooMany(): UserError {
  const message = `There are ${MOST} containers side by side already.`;
  return new UserError('too-many', message, 'More would not fit on the slide. Stop the demo to begin again.');
}
