import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { answerErrors, bundledFiles, keepToOurselves, refuseUnknown } from '../app.ts';
import { followRoutes, refuseChanges, type FollowContext } from '../follow/follow-routes.ts';
import { deckFiles } from '../routes/deck-files.ts';
import type { ShownFiles } from '../follow/shown-files.ts';
import { guard, guardHost } from '../guard.ts';
import { forPhones, remoteRoutes, type RemoteContext } from './remote-routes.ts';

export interface LanContext {
  /** Our own pages carry it; it is another one than the speaker's. */
  token: string;
  /** Whether a Host header is the address that the speaker view shows. */
  isOurHost(host: string): boolean;
  browserFolder: string;
  reportBug(error: unknown): void;
  /** With `--remote`. */
  remote?: RemoteContext;
  /** With `--audience`. */
  follow?: FollowContext;
  files: ShownFiles;
}

/**
 * What other devices reach: the second listener. What was not asked for is not mounted; of the speaker's API a paired phone reaches
 * what stands in `remote-routes.ts`, and the audience nothing.
 */
export function createLanApp(lan: LanContext): Hono<{ Bindings: HttpBindings }> {
  const { remote, follow } = lan;
  const app = new Hono<{ Bindings: HttpBindings }>();
  const files = deckFiles(lan.files.openFile);
  app.use(keepToOurselves);
  app.use('/framed/*', guardHost(lan.isOurHost), files.framed);
  app.use(remote === undefined ? '*' : '/follow/*', refuseChanges);
  app.use(guard(lan.token, lan.isOurHost));
  app.get('/', (context) => context.redirect(follow === undefined ? '/remote' : '/follow'));
  if (remote !== undefined) app.route('/', remoteRoutes(remote));
  if (follow !== undefined) app.route('/', followRoutes(follow));
  app.all('/api/*', refuseUnknown);
  app.use(bundledFiles(lan.browserFolder));
  if (follow === undefined && remote !== undefined) app.use(forPhones(remote.pairing));
  app.use(files.own);
  answerErrors(app, lan.reportBug);
  return app;
}
