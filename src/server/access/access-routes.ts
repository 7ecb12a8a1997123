import type { HttpBindings } from '@hono/node-server';
import { Hono, type Context, type MiddlewareHandler } from 'hono';
import { ApiProblem } from '../problem.ts';
import { hasToken } from '../guard.ts';
import type { Access, Admission } from './access.ts';
import { isPeerOurs } from './peer-user.ts';
import { lockedPage, type LockedReason } from './locked-page.ts';

/** A rehearsal in the morning, the talk in the afternoon; the key behind it lives no longer (talk/kept/access-key.ts). */
const COOKIE_SECONDS = 24 * 3600;

/** `http://localhost:4100/open/SECRET/speaker` lets the browser in and leads to `/speaker`; what it has after `#` stays. */
export function openRoutes(access: Access): Hono<{ Bindings: HttpBindings }> {
  const routes = new Hono<{ Bindings: HttpBindings }>();
  routes.get('/open/:secret/*', async (context) => {
    const { secret } = context.req.param();
    const isOurs = await isPeerOurs(context.env.incoming.socket);
    const admission = access.admit(secret, isOurs);
    if (admission !== 'welcome' && !isLetIn(access, context)) return locked(context, toReason(admission));
    const { name, value } = access.cookieFor(hostOf(context));
    const { pathname, search } = new URL(context.req.url);
    // One slash in front: two would lead to another host.
    const rest = pathname.slice(`/open/${secret}`.length).replace(/^[/\\]+/, '');
    const cookie = `${name}=${value}; Path=/; Max-Age=${COOKIE_SECONDS}; HttpOnly; SameSite=Strict`;
    return context.body(null, 303, {
      'Set-Cookie': cookie,
      Location: `/${rest}${search}`,
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
    });
  });
  return routes;
}

/** Stops everybody who did not come by a link. Our own pages' token will do as well: a lost cookie must not stop the talk. */
export function onlyLetIn(access: Access, token: string): MiddlewareHandler {
  return async (context, next) => {
    if (isLetIn(access, context) || hasToken(context, token)) return next();
    return locked(context, 'no-key');
  };
}

function isLetIn(access: Access, { req }: Context): boolean {
  return access.isLetIn(
    req.header('host') ?? '',
    req.header('cookie') ?? '',
    req.header('authorization') ?? '',
  );
}

function hostOf({ req }: Context): string {
  return req.header('host') ?? '';
}

function toReason(admission: Admission): LockedReason {
  return admission === 'used' ? 'used-link' : 'old-link';
}

/** A person gets a page that says what to do; a program gets a problem. */
function locked(context: Context, reason: LockedReason): Response {
  const isPage =
    /\btext\/html\b/.test(context.req.header('accept') ?? '') && !context.req.path.startsWith('/api/');
  if (isPage) return lockedPage(reason);
  const detail = 'Deckhand answers only to who opened the link that it printed.';
  const hint = 'Open that link, or send its secret: "Authorization: Bearer SECRET". See docs/api.md.';
  throw new ApiProblem({ status: 401, code: 'no-key', title: 'No key', detail, hint });
}
