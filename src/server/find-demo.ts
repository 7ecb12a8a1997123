import type { DemoSummary } from '../demo/demo-summary.ts';
import { ApiProblem } from './problem.ts';
import type { ServerContext } from './server-context.ts';

/** The demo of this deck that has the name. Throws a 404 that lists those that there are. */
export function findDemo(server: ServerContext, name: string): DemoSummary {
  const demos = server.demos();
  const demo = demos.find((candidate) => candidate.name === name);
  if (demo !== undefined) return demo;
  const known = demos.map((candidate) => candidate.name).join(', ') || 'none';
  const detail = `There is no demo "${name}".`;
  throw new ApiProblem(404, 'no-demo', 'No such demo', detail, `Demos of this deck: ${known}.`);
}
