import type { DemoSummary } from '../../demo/demo-summary.ts';
import { castKey } from '../../stage/replay-state.ts';
import { UserError } from '../../demo/user-error.ts';
import type { ServerContext } from '../server-context.ts';

/** The demo of this deck that has the name. Throws a 404 that lists those that there are. */
export function findDemo(server: ServerContext, name: string): DemoSummary {
  const demos = server.demos();
  const demo = demos.find((candidate) => candidate.name === name);
  if (demo !== undefined) return demo;
  const known = demos.map((candidate) => candidate.name).join(', ') || 'none';
  const detail = `There is no demo "${name}".`;
  throw new UserError('no-demo', detail, `Demos of this deck: ${known}.`);
}

/** Whatever the deck has a panel for: a demo, or a file that it plays. Throws the 404 of a demo. */
export function findPanel(server: ServerContext, key: string): void {
  const isCast = server.deck.deck.files.some(({ path }) => castKey(path) === key);
  if (!isCast) findDemo(server, key);
}
