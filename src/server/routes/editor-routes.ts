import { Hono } from 'hono';
import * as z from 'zod/mini';
import { readBody } from './read-body.ts';
import type { ServerContext } from '../server-context.ts';

const index = z.int().check(z.minimum(0));
/** A slide as reveal.js counts them, or a line of the deck. Which file that is nobody can say: it is the deck. */
const place = z.union([z.object({ h: index, v: index }), z.object({ line: z.int().check(z.minimum(1)) })]);

/** Opens the deck in its author's editor. */
export function editorRoutes(server: ServerContext): Hono {
  const routes = new Hono();
  routes.post('/editor', async (context) => {
    const hint = 'Send {"h": 0, "v": 0} or {"line": 1}.';
    const body = await readBody(context, place, {
      code: 'bad-place',
      title: 'Not a place in the deck',
      hint,
    });
    await server.openEditor('line' in body ? body.line : lineOf(server, body));
    return context.body(null, 204);
  });
  return routes;
}

function lineOf({ deck }: ServerContext, at: { h: number; v: number }): number {
  return deck.deck.slides.find(({ h, v }) => h === at.h && v === at.v)?.line ?? 1;
}
