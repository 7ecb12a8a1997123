import type { RunContext } from './run-context.ts';

/** For reading what containers printed last, when they printed faster than can be read. */
const READ_LIMIT_MS = 3000;

/** Stops the run's containers, reads the last of their output, and removes them and the network. Says whether all went. */
export async function cleanUp(context: RunContext): Promise<boolean> {
  const { engine, made } = context;
  const { containers, network, relay } = made;
  made.preview?.close();
  made.framed?.close();
  const stopped = await Promise.allSettled(
    containers.map(async ({ id, service }) => engine.stopContainer(id, service.stopGraceMs)),
  );
  const limit = setTimeout(() => made.stopReading.abort(), READ_LIMIT_MS);
  await Promise.all(made.readers);
  clearTimeout(limit);
  const ids = [...containers.map(({ id }) => id), ...(relay === undefined ? [] : [relay])];
  const removed = await Promise.allSettled(ids.map(async (id) => engine.removeContainer(id)));
  const networks = network === undefined ? [] : [engine.removeNetwork(network)];
  const results = [...stopped, ...removed, ...(await Promise.allSettled(networks))];
  return results.every(({ status }) => status === 'fulfilled');
}
