import { Hono } from 'hono';
import type { RunBlock } from '../../demo/run-block.ts';
import { UserError } from '../../demo/user-error.ts';
import * as z from 'zod/mini';
import { readBody } from './read-body.ts';
import type { ServerContext } from '../server-context.ts';

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
  z.object({ key: z.literal(true) }),
  z.object({ code: z.string().check(z.maxLength(64)) }),
]);

/** Shells in a run's containers, and the commands that are typed into them. */
export function shellRoutes(server: ServerContext): Hono {
  const routes = new Hono();
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
    const hint = 'Send {"type": "NAME"}, {"run": true}, {"key": true} or {"code": "KEY"}.';
    const body = await readBody(context, command, { code: 'bad-command', title: 'Not a command', hint });
    if ('type' in body) await shells.typeCommand(body.type);
    else if ('key' in body) shells.pressKey();
    else if ('code' in body) await shells.runBlock(findBlock(server, body.code));
    else await shells.runCommand();
    return context.body(null, 202);
  });
  return routes;
}

/** A code block of the deck that is up: a page names it, and never sends code. */
function findBlock({ deck }: ServerContext, key: string): RunBlock {
  const block = deck.deck.runBlocks.find((one) => one.key === key);
  if (block !== undefined) return block;
  throw new UserError(
    'unknown-code',
    'The deck that is up has no such code to run.',
    'The page loads the deck again by itself. Then press once more.',
  );
}
