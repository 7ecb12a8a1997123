import { Hono } from 'hono';
import * as z from 'zod/mini';
import { findDemo } from '../runs/find-demo.ts';
import { ApiProblem } from '../problem.ts';
import { sendFile } from './send-file.ts';
import { readJson } from './read-json.ts';
import type { ServerContext } from '../server-context.ts';

const startBody = z.object({ fresh: z.optional(z.boolean()) });

export function demoRoutes(server: ServerContext): Hono {
  const routes = new Hono();
  routes.get('/demos', (context) => context.json(server.demos()));
  routes.post('/demos/:name/runs', async (context) => {
    const demo = findDemo(server, context.req.param('name'));
    const body = startBody.safeParse(await readJson(context));
    if (!body.success) {
      const detail = 'A run takes {"fresh": true} or nothing: never a command, an image or a mount.';
      throw new ApiProblem(400, 'bad-start', 'Not a start', detail, 'See docs/api.md.');
    }
    const { entry, isNew } = await server.runs.start(demo.name, body.data.fresh ?? false);
    return context.json({ id: entry.id, demo: entry.demo }, isNew ? 201 : 200);
  });
  routes.post('/demos/:name/reset', async (context) => {
    const demo = findDemo(server, context.req.param('name'));
    await server.runs.reset(demo.name);
    return context.body(null, 204);
  });
  routes.post('/demos/:name/keep', async (context) => {
    const demo = findDemo(server, context.req.param('name'));
    if (await server.keepRecording(demo.name)) return context.body(null, 204);
    const detail = `No run of "${demo.name}" here is newer than its recording.`;
    throw new ApiProblem(409, 'nothing-to-keep', 'Nothing to keep', detail, 'Run it to its end first.');
  });
  routes.get('/demos/:name/recording/:file{(run\\.cast|app\\.png)}', async (context) => {
    const demo = findDemo(server, context.req.param('name'));
    const path = context.req.param('file');
    const opened = await server.openRecording(demo.name, path);
    // A run that ends well replaces both files.
    context.header('Cache-Control', 'no-cache');
    if (opened !== undefined)
      return sendFile(context, opened, { address: `/${path}`, policy: 'sandbox', scripts: false });
    const hint = 'Run it once on an engine: Deckhand records it.';
    throw new ApiProblem(404, 'no-recording', 'No recording', `"${demo.name}" has no ${path}.`, hint);
  });
  return routes;
}
