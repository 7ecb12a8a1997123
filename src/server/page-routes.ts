import { Hono } from 'hono';
import { pageHeaders } from './page-headers.ts';
import type { ServerContext } from './server-context.ts';

export function pageRoutes(server: ServerContext): Hono {
  const routes = new Hono();
  const page = (html: string) => new Response(html, { headers: pageHeaders('here') });
  routes.get('/', (context) =>
    page(context.req.query('view') === 'print' ? server.pages.print() : server.pages.deck()),
  );
  routes.get('/speaker', () => page(server.pages.speaker()));
  return routes;
}
