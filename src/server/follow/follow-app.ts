import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { answerErrors, bundledFiles, keepToOurselves } from '../app.ts';
import { pageHeaders } from '../page-headers.ts';
import { followRoutes, refuseChanges, type FollowContext } from './follow-routes.ts';
import { deckFiles } from '../routes/deck-files.ts';
import type { ShownFiles } from './shown-files.ts';

export interface FollowAppContext {
  browserFolder: string;
  reportBug(error: unknown): void;
  /** Undefined until the talk is there. */
  talk(): (FollowContext & ShownFiles) | undefined;
}

const SOON = `<!doctype html>
<html lang="en">
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta http-equiv="refresh" content="2">
<title>Soon</title>
<body style="display:grid;place-content:center;height:90vh;margin:0;font:500 20px sans-serif;text-align:center;color:#f2f5fc;background:#0b1020">
<p>The talk has not begun yet.<br>This page opens it by itself.</p>
</body>
</html>
`;

/** Only what followers see, for a process that presents nothing itself. Any name leads to it: there is nothing to protect. */
export function createFollowApp(context: FollowAppContext): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.use(keepToOurselves);
  app.use(refuseChanges);
  app.get('/', ({ redirect }) => redirect('/follow'));
  app.use(bundledFiles(context.browserFolder));
  let talkApp: Hono<{ Bindings: HttpBindings }> | undefined;
  app.all('*', ({ req, env, body }) => {
    const talk = context.talk();
    if (talk === undefined) return body(SOON, 503, { ...pageHeaders('elsewhere', SOON), 'Retry-After': '2' });
    talkApp ??= createTalkApp(talk, context);
    return talkApp.fetch(req.raw, env);
  });
  answerErrors(app, context.reportBug);
  return app;
}

function createTalkApp(
  talk: FollowContext & ShownFiles,
  { reportBug }: FollowAppContext,
): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.route('/', followRoutes(talk));
  const files = deckFiles(talk.openFile);
  app.use('/framed/*', files.framed);
  app.use(files.own);
  answerErrors(app, reportBug);
  return app;
}
