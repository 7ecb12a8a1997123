import { Hono } from 'hono';
import { ApiProblem } from '../problem.ts';
import type { ServerContext } from '../server-context.ts';

/** What the speaker view may do about paired phones. */
export function deviceRoutes(server: ServerContext): Hono {
  const routes = new Hono();
  routes.delete('/devices/:id', (context) => {
    if (server.lan === undefined) {
      const hint = 'Start Deckhand with --remote.';
      throw new ApiProblem({
        status: 404,
        code: 'no-device',
        title: 'No such phone',
        detail: 'No phone can be paired.',
        hint,
      });
    }
    server.lan.takeBack(context.req.param('id'));
    return context.body(null, 204);
  });
  return routes;
}
