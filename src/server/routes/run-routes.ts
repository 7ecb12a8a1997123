import { Hono } from 'hono';
import * as z from 'zod/mini';
import { SERVICE_ACTIONS } from '../../demo/view.ts';
import { streamRun } from '../event-stream.ts';
import { readBody } from './read-body.ts';
import type { ServerContext } from '../server-context.ts';

const question = z.object({
  question: z.string().check(z.maxLength(2000, { error: 'A question is at most 2,000 characters.' })),
});

/** A service's name; empty for the demo's first. */
const shellService = z.string().check(z.maxLength(200));
const length = z.int().check(z.minimum(2), z.maximum(500));
const shellSize = z.object({ service: shellService, columns: length, rows: length });
const shellKeys = z.object({
  service: shellService,
  text: z.string().check(z.minLength(1), z.maxLength(16_000)),
  screen: z.string().check(z.minLength(1), z.maxLength(64)),
  take: z.boolean(),
});
/** By its name: a command line never comes from a page. */
const command = z.union([
  z.object({ type: z.string().check(z.maxLength(200)) }),
  z.object({ run: z.literal(true) }),
]);

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
  routes.post('/runs/:id/shells', async (context) => {
    const { shells } = server.runs.get(context.req.param('id')).run;
    const hint = 'Send {"service": "…", "columns": 80, "rows": 24}.';
    const body = await readBody(context, shellSize, { code: 'bad-shell', title: 'Not a shell', hint });
    const { columns, rows } = body;
    await shells.open(body.service, { columns, rows });
    return context.body(null, 202);
  });
  routes.post('/runs/:id/shells/keys', async (context) => {
    const { shells } = server.runs.get(context.req.param('id')).run;
    const hint = 'Send {"service": "…", "text": "…", "screen": "…", "take": true}.';
    const body = await readBody(context, shellKeys, { code: 'bad-keys', title: 'Not keys', hint });
    const { text, screen, take } = body;
    await shells.type(body.service, { text, screen, take });
    return context.body(null, 202);
  });
  routes.post('/runs/:id/commands', async (context) => {
    const { shells } = server.runs.get(context.req.param('id')).run;
    const hint = 'Send {"type": "NAME"} or {"run": true}.';
    const body = await readBody(context, command, { code: 'bad-command', title: 'Not a command', hint });
    if ('type' in body) await shells.typeCommand(body.type);
    else await shells.runCommand();
    return context.body(null, 202);
  });
  return routes;
}
