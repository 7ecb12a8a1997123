import { explainEnd } from './explain-end.ts';
import type { RunContext } from '../run-context.ts';

/**
 * From ready to the end: resolves when every container has done its work and ended well; fails when one ends badly, or the
 * one that the panel shows ends at all. An abort fails it too.
 */
export async function watchContainers(context: RunContext): Promise<void> {
  const { demo, engine, made, signal } = context;
  const shown = new Set([demo.app?.service, demo.ask?.service]);
  await Promise.all(
    made.containers.map(async ({ id, service }) => {
      await engine.waitContainer(id, signal);
      const state = await engine.inspectContainer(id);
      if (state.exitCode !== 0 || state.oomKilled || shown.has(service.name)) {
        throw explainEnd(context, service, state);
      }
    }),
  );
}
