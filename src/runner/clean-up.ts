import type { RunContext } from './run-context.ts';

/** Removes the run's containers and network, and waits for the last of their output. Says whether all of it went. */
export async function cleanUp(context: RunContext): Promise<boolean> {
  const { engine, made } = context;
  const { containers, network } = made;
  // Those that others depend on go last; services that don't know each other go together.
  const results = await Promise.allSettled(
    containers.map(async ({ id, service }) => {
      await engine.stopContainer(id, service.stopGraceMs);
      await engine.removeContainer(id);
    }),
  );
  await Promise.all(made.readers);
  if (network !== undefined) results.push(...(await Promise.allSettled([engine.removeNetwork(network)])));
  return results.every(({ status }) => status === 'fulfilled');
}
