import { Hono } from 'hono';
import * as z from 'zod/mini';
import { readBody } from './read-body.ts';
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
    const hint = 'See docs/api.md for what a window tells about itself.';
    const { asks, screen } = await readBody(context, answer, {
      code: 'bad-screen',
      title: 'Not a screen',
      hint,
    });
    preflight.addScreen(asks, screen);
    return context.body(null, 204);
  });
  return routes;
}
