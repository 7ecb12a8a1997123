import { Hono } from 'hono';
import * as z from 'zod/mini';
import { SERVICE_ACTIONS } from '../../demo/view.ts';
import { streamRun } from '../event-stream.ts';
import { readBody } from './read-body.ts';
import type { ServerContext } from '../server-context.ts';

const question = z.object({
  question: z.string().check(z.maxLength(2000, { error: 'A question is at most 2,000 characters.' })),
});

const service = z.object({ action: z.enum(SERVICE_ACTIONS) });

export function runRoutes(server: ServerContext): Hono {
  const routes = new Hono();
  routes.get('/runs/:id/events', (context) =>
    streamRun(context, server.runs.get(context.req.param('id')).run),
  );
  routes.delete('/runs/:id', (context) => {
    server.runs.stop(server.runs.get(context.req.param('id')));
    return context.body(null, 202);
  });
  routes.post('/runs/:id/ask', async (context) => {
    const entry = server.runs.get(context.req.param('id'));
    const hint = 'Send {"question": "…"}, at most 2,000 characters.';
    const body = await readBody(context, question, { code: 'bad-question', title: 'Not a question', hint });
    await entry.run.ask(body.question);
    return context.body(null, 202);
  });
  routes.post('/runs/:id/replicas', async (context) => {
    await server.runs.get(context.req.param('id')).run.addReplica();
    return context.body(null, 202);
  });
  routes.post('/runs/:id/services/:service', async (context) => {
    const entry = server.runs.get(context.req.param('id'));
    const hint = `Send {"action": "…"}: ${SERVICE_ACTIONS.join(', ')}.`;
    const body = await readBody(context, service, { code: 'bad-action', title: 'Not an action', hint });
    await entry.run.control(context.req.param('service'), body.action);
    return context.body(null, 202);
  });
  return routes;
}
