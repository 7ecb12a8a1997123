import { Hono } from 'hono';
import * as z from 'zod/mini';
import { findDemo } from '../runs/find-demo.ts';
import { ApiProblem } from '../problem.ts';
import { sendFile } from './send-file.ts';
import { readBody } from './read-body.ts';
import type { ServerContext } from '../server-context.ts';

const startBody = z.object({ fresh: z.optional(z.boolean()) });

export function demoRoutes(server: ServerContext): Hono {
  const routes = new Hono();
  routes.get('/demos', (context) => context.json(server.demos()));
  routes.post('/demos/:name/runs', async (context) => {
    const demo = findDemo(server, context.req.param('name'));
    const { fresh = false } = await readBody(context, startBody, {
      code: 'bad-start',
      title: 'Not a start',
      hint: 'Send {"fresh": true} or nothing: never a command, an image or a mount.',
    });
    const { entry, isNew } = await server.runs.start(demo.name, fresh);
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
    throw new ApiProblem({
      status: 409,
      code: 'nothing-to-keep',
      title: 'Nothing to keep',
      detail,
      hint: 'Run it to its end first.',
    });
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
    throw new ApiProblem({
      status: 404,
      code: 'no-recording',
      title: 'No recording',
      detail: `"${demo.name}" has no ${path}.`,
      hint,
    });
  });
  return routes;
}
