import { Hono } from 'hono';
import * as z from 'zod/mini';
import { ApiProblem } from '../problem.ts';
import { readJson } from './read-json.ts';
import type { ServerContext } from '../server-context.ts';

const pixels = z.number().check(z.minimum(0), z.maximum(100_000));
const answer = z.object({
  asks: z.string().check(z.maxLength(100)),
  screen: z.object({
    page: z.enum(['deck', 'speaker']),
    width: pixels,
    height: pixels,
    screenWidth: pixels,
    screenHeight: pixels,
    zoom: z.number().check(z.minimum(0), z.maximum(100)),
  }),
});

export function preflightRoutes({ preflight }: ServerContext): Hono {
  const routes = new Hono();
  routes.get('/preflight', (context) => context.json(preflight.state));
  routes.post('/preflight', async (context) => context.json(await preflight.run()));
  routes.post('/preflight/screen', async (context) => {
    const body = answer.safeParse(await readJson(context));
    if (!body.success) {
      const hint = 'See docs/api.md for what a window tells of itself.';
      throw new ApiProblem(400, 'bad-screen', 'Not a screen', 'The body does not describe a screen.', hint);
    }
    preflight.addScreen(body.data.asks, body.data.screen);
    return context.body(null, 204);
  });
  return routes;
}
