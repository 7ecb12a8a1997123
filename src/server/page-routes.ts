import { Hono } from 'hono';
import type { ServerContext } from './server-context.ts';

/** Scripts and styles are ours; pictures, videos and frames may be the deck's, wherever its author took them from. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob: https: http:",
  "media-src 'self' data: blob: https:",
  "font-src 'self' data:",
  "frame-src 'self' http://127.0.0.1:* https:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ');

export function pageRoutes(server: ServerContext): Hono {
  const routes = new Hono();
  const page = (html: string) =>
    new Response(html, {
      headers: {
        'Content-Type': 'text/html; charset=utf-8',
        'Cache-Control': 'no-store',
        'Content-Security-Policy': CONTENT_SECURITY_POLICY,
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Referrer-Policy': 'no-referrer',
        'X-Content-Type-Options': 'nosniff',
      },
    });
  routes.get('/', (context) =>
    page(context.req.query('view') === 'print' ? server.pages.print() : server.pages.deck()),
  );
  routes.get('/speaker', () => page(server.pages.speaker()));
  return routes;
}
