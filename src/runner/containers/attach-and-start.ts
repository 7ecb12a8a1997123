import { UserError } from '../../demo/user-error.ts';
import { runPostStart } from './hooks.ts';
import { say } from './say.ts';
import type { RunContext, StartedContainer } from '../run-context.ts';

/** Starts a container that has ended. It keeps its files and its networks; its ports on this machine are others. */
export async function startAgain(context: RunContext, container: StartedContainer): Promise<void> {
  await attachAndStart(context, container);
  await findApps(context, container);
  // It runs: what a hook lacks is told, and the talk goes on.
  await runPostStart(context, container).catch((error: unknown) => {
    if (!(error instanceof UserError)) throw error;
    say(context, container.service.name, `✗ ${error.message}`);
  });
}

/** The ports on this machine of what is shown are others after each start. */
export async function findApps(context: RunContext, container: StartedContainer): Promise<void> {
  const { ports } = await context.engine.inspectContainer(container.id);
  for (const { service, port, shown } of context.made.apps)
    if (service === container.service.name && container.number === 1)
      shown.port = ports.get(port) ?? shown.port;
}

/** Starts a container, and reads what it prints from its first line on. */
export async function attachAndStart(
  context: RunContext,
  { id, service, number }: StartedContainer,
): Promise<void> {
  const { engine, made } = context;
  // Before it starts, so that its first line is read as well.
  const origin = {
    service: service.name,
    ...(number === 1 ? {} : { number }),
    ...(context.demo.services.length > 1 ? { isNamed: true as const } : {}),
  };
  const onStderr = { ...origin, isStderr: true } as const;
  const { ended } = await engine.attach(
    id,
    ({ stream, bytes }) => context.output(stream === 'stderr' ? onStderr : origin, bytes),
    made.stopReading.signal,
  );
  // What goes wrong with the engine is found out by whoever waits for the container.
  made.readers.push(ended.catch(() => undefined));
  await engine.startContainer(id);
  context.board.tell(service, number, { state: service.healthcheck === undefined ? 'running' : 'starting' });
}
