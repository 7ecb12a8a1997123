import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono, type Context, type Env, type MiddlewareHandler } from 'hono';
import { UserError } from '../demo/user-error.ts';
import { onlyLetIn, openRoutes } from './access/access-routes.ts';
import { demoRoutes } from './routes/demo-routes.ts';
import { deckFiles } from './routes/deck-files.ts';
import { guard, guardHost } from './guard.ts';
import { deviceRoutes } from './lan/device-routes.ts';
import { pageRoutes } from './routes/page-routes.ts';
import { preflightRoutes } from './routes/preflight-routes.ts';
import { ApiProblem, fromUserError, toProblemResponse } from './problem.ts';
import { editorRoutes } from './routes/editor-routes.ts';
import { editRoutes } from './routes/edit-routes.ts';
import { runRoutes } from './routes/run-routes.ts';
import { shellRoutes } from './routes/shell-routes.ts';
import { stageRoutes } from './routes/stage-routes.ts';
import type { ServerContext } from './server-context.ts';

/** Everything that Deckhand answers over HTTP. `docs/api.md` documents it; a test holds the two together. */
export function createApp(server: ServerContext): Hono {
  const app = new Hono();
  const files = deckFiles(server.openFile);
  app.use(keepToOurselves);
  app.use('/framed/*', guardHost(), files.framed);
  app.use(guard(server.token));
  app.route('/', openRoutes(server.access));
  app.use(onlyLetIn(server.access, server.token));
  app.route('/api', stageRoutes(server));
  app.route('/api', demoRoutes(server));
  app.route('/api', runRoutes(server));
  app.route('/api', shellRoutes(server));
  app.route('/api', editRoutes(server));
  app.route('/api', editorRoutes(server));
  app.route('/api', preflightRoutes(server));
  app.route('/api', deviceRoutes(server));
  app.all('/api/*', refuseUnknown);
  app.route('/', pageRoutes(server));
  app.use(bundledFiles(server.browserFolder));
  app.use(files.own);
  answerErrors(app, server.reportBug, true);
  return app;
}

/** What another web page embeds of us anyway, it can't read or run; it can frame nothing. */
export const keepToOurselves: MiddlewareHandler = async (context, next) => {
  await next();
  context.header('X-Content-Type-Options', 'nosniff');
  context.header('X-Frame-Options', 'SAMEORIGIN');
  if (!context.res.headers.has('Cross-Origin-Resource-Policy'))
    context.header('Cross-Origin-Resource-Policy', 'same-origin');
};

export function refuseUnknown(): never {
  const detail = 'The API has no such address.';
  throw new ApiProblem({
    status: 404,
    code: 'no-route',
    title: 'No such route',
    detail,
    hint: 'See docs/api.md.',
  });
}

/**
 * What is thrown becomes an answer; a bug is reported as well. Only the listener on loopback tells its clients a bug's message:
 * elsewhere it could name the speaker's files.
 */
export function answerErrors<E extends Env>(
  app: Hono<E>,
  reportBug: (error: unknown) => void,
  isLoopback = false,
): void {
  app.notFound((context) => context.text(`Nothing is served at ${context.req.path}\n`, 404));
  app.onError((error, context) => {
    if (error instanceof ApiProblem) return toProblemResponse(context, error);
    if (error instanceof UserError) return toProblemResponse(context, fromUserError(error));
    reportBug(error);
    const detail = isLoopback ? error.message : 'Something went wrong in Deckhand.';
    const hint = isLoopback ? 'The terminal has more.' : 'Tell the speaker: their terminal has more.';
    const bug = { status: 500, code: 'bug', title: 'A bug in Deckhand', detail, hint } as const;
    return toProblemResponse(context, new ApiProblem(bug));
  });
}

/** Names under `assets/` hold a hash of what is in the file; a name that is not ours must not be kept as missing. */
export function bundledFiles(root: string): MiddlewareHandler {
  const onFound = (path: string, context: Context) => {
    const isHashed = path.startsWith(join(root, 'assets'));
    if (isHashed) context.header('Cache-Control', 'public, max-age=31536000, immutable');
  };
  return serveStatic({ root, precompressed: true, onFound });
}
