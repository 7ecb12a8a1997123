import { timingSafeEqual } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { ApiProblem } from './problem.ts';

/**
 * Only our own pages may talk to the API. The Host check stops DNS rebinding, the Origin and Sec-Fetch-Site checks stop
 * other web pages that this laptop has open, and the token stops everything that can't read our page. `isOurHost` is asked
 * for the Host header as it came; without it, only this machine's own names are ours.
 */
export function guard(token: string, isOurHost: (host: string) => boolean = isLoopback): MiddlewareHandler {
  return async (context, next) => {
    checkHost(context, isOurHost);
    checkOrigin(context);
    if (!isSafeMethod(context.req.method)) checkToken(context, token);
    await next();
  };
}

/** Only the Host check. */
export function guardHost(isOurHost: (host: string) => boolean = isLoopback): MiddlewareHandler {
  return async (context, next) => {
    checkHost(context, isOurHost);
    await next();
  };
}

/** RFC 9110, section 9.2.1. */
function isSafeMethod(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}

function isLoopback(host: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(host.replace(/:\d+$/, ''));
}

function checkHost(context: Context, isOurHost: (host: string) => boolean): void {
  if (isOurHost(context.req.header('host') ?? '')) return;
  throw new ApiProblem({
    status: 403,
    code: 'wrong-host',
    title: 'Wrong host',
    detail: 'Deckhand answers to the addresses that it shows, and to no other name.',
    hint: 'Open the address that Deckhand printed when it started.',
  });
}

function checkOrigin(context: Context): void {
  const origin = context.req.header('origin');
  const isOurs = origin === undefined || origin === `http://${context.req.header('host') ?? ''}`;
  const site = context.req.header('sec-fetch-site');
  // A link or a bookmark may open the deck from anywhere; only in a window of its own, never in a frame, and never the API.
  const isWindow = ['document', undefined].includes(context.req.header('sec-fetch-dest'));
  const isNavigation =
    isWindow && context.req.header('sec-fetch-mode') === 'navigate' && !context.req.path.startsWith('/api/');
  const isSameSite = site === undefined || site === 'same-origin' || site === 'none' || isNavigation;
  if (isOurs && isSameSite) return;
  throw new ApiProblem({
    status: 403,
    code: 'wrong-origin',
    title: 'Wrong origin',
    detail: 'This request came from a page that is not part of the deck.',
    hint: 'Use the deck in its own window.',
  });
}

/** Whether the request carries what our own pages show with every change. */
export function hasToken(context: Context, token: string): boolean {
  const given = Buffer.from(context.req.header('x-deckhand-token') ?? '');
  const wanted = Buffer.from(token);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function checkToken(context: Context, token: string): void {
  if (hasToken(context, token)) return;
  throw new ApiProblem({
    status: 401,
    code: 'no-token',
    title: 'No token',
    detail: 'Changing something needs the token that Deckhand gave to its own pages.',
    hint: 'Reload the page: Deckhand was started again since it was opened.',
  });
}
