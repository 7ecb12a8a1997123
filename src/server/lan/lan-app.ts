import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { answerErrors, bundledFiles, keepToOurselves, refuseUnknown } from '../app.ts';
import { followRoutes, refuseChanges, type FollowContext } from '../follow/follow-routes.ts';
import { shownFiles, type ShownFiles } from '../follow/shown-files.ts';
import { guard } from '../guard.ts';
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
  app.use(keepToOurselves);
  app.use(remote === undefined ? '*' : '/follow/*', refuseChanges);
  app.use(guard(lan.token, lan.isOurHost));
  app.get('/', (context) => context.redirect(follow === undefined ? '/remote' : '/follow'));
  if (remote !== undefined) app.route('/', remoteRoutes(remote));
  if (follow !== undefined) app.route('/', followRoutes(follow));
  app.all('/api/*', refuseUnknown);
  app.use(bundledFiles(lan.browserFolder));
  if (follow === undefined && remote !== undefined) app.use(forPhones(remote.pairing));
  app.route('/', shownFiles(lan.files));
  answerErrors(app, lan.reportBug);
  return app;
}
