import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { runPreStop } from './hooks.ts';
import type { RunContext } from '../run-context.ts';

/** For reading what containers printed last, when they printed faster than can be read. */
const READ_LIMIT_MS = 3000;

/** What a process may take to stop when Deckhand itself ends. */
const HURRIED_MS = 2000;
/** What the engine may take to kill one that did not. */
const KILL_MS = 2000;

/** Stops the run's containers, reads the last of their output, and removes them and the network. Says whether all went. */
export async function cleanUp(context: RunContext): Promise<boolean> {
  const { engine, made } = context;
  const { containers, network, relay } = made;
  for (const way of made.ways) way.close();
  const isStopped = new AbortController();
  const stopped = await Promise.race([stopAll(context), hurried(context.hurry, isStopped.signal)]);
  isStopped.abort();
  const limit = setTimeout(() => made.stopReading.abort(), READ_LIMIT_MS);
  await Promise.all(made.readers);
  clearTimeout(limit);
  const ids = [...containers.map(({ id }) => id), ...(relay === undefined ? [] : [relay])];
  const removed = await Promise.allSettled(ids.map(async (id) => engine.removeContainer(id)));
  const networks = [...made.networks, ...(network === undefined ? [] : [network])].map((one) =>
    engine.removeNetwork(one),
  );
  const results = [...stopped, ...removed, ...(await Promise.allSettled(networks))];
  return results.every(({ status }) => status === 'fulfilled');
}

async function stopAll(context: RunContext): Promise<PromiseSettledResult<void>[]> {
  const { engine, made, hurry } = context;
  const stops = made.containers.map(async (container) => {
    const { id, service } = container;
    if (!hurry.aborted) await runPreStop(context, container);
    const graceMs = hurry.aborted ? Math.min(service.stopGraceMs, HURRIED_MS) : service.stopGraceMs;
    await engine.stopContainer(id, graceMs);
  });
  return Promise.allSettled(stops);
}

/** Deckhand ended while containers were taking their time: removing them kills them. */
async function hurried(hurry: AbortSignal, signal: AbortSignal): Promise<PromiseSettledResult<void>[]> {
  try {
    if (!hurry.aborted) await once(hurry, 'abort', { signal });
    await delay(HURRIED_MS + KILL_MS, undefined, { signal });
  } catch {
    // All have stopped by themselves.
  }
  return [];
}
