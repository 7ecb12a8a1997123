import { Hono } from 'hono';
import * as z from 'zod/mini';
import { readBody } from './read-body.ts';
import type { ServerContext } from '../server-context.ts';

const name = z.string().check(z.minLength(1), z.maxLength(500));
/** Text of a file that may be edited, the name of a prepared edit, or the wish to keep what was edited. */
const edit = z.union([
  z.object({ file: name, text: z.string().check(z.maxLength(60_000)), isSaved: z.boolean() }),
  z.object({ play: name }),
  z.object({ keep: z.literal(true) }),
]);

/** Files that are edited on a slide. */
export function editRoutes(server: ServerContext): Hono {
  const routes = new Hono();
  routes.post('/runs/:id/edits', async (context) => {
    const { edits } = server.runs.get(context.req.param('id')).run;
    const hint = 'Send {"file": "…", "text": "…", "isSaved": true}, {"play": "NAME"} or {"keep": true}.';
    const body = await readBody(context, edit, { code: 'bad-edit', title: 'Not an edit', hint });
    if ('keep' in body) return context.json({ kept: await edits.keep() });
    if ('play' in body) await edits.play(body.play);
    else await edits.change(body.file, body.text, body.isSaved);
    return context.body(null, 202);
  });
  return routes;
}
