import { setTimeout as delay } from 'node:timers/promises';
import type { RunContext, StartedContainer } from '../run-context.ts';

/** Between two looks: what a slide shows, not a measurement. */
const PAUSE_MS = 1000;

/** While a demo of several services runs: health, memory and processor of each. Never fails: a run goes on without it. */
export async function watchServices(context: RunContext): Promise<void> {
  if (!context.board.isShown) return;
  while (!context.signal.aborted) {
    await Promise.all(context.made.containers.map((one) => look(context, one).catch(() => undefined)));
    await delay(PAUSE_MS, undefined, { signal: context.signal }).catch(() => undefined);
  }
}

async function look({ engine, board }: RunContext, { id, service, number }: StartedContainer): Promise<void> {
  const { status, health } = await engine.inspectContainer(id);
  if (status !== 'running') return;
  const usage = await engine.containerUsage(id);
  const state = health === 'none' ? 'running' : health;
  board.tell(service, number, { state, ...usage });
}
