import { Hono, type Context } from 'hono';
import { toFrameSources } from '../frame-sources.ts';
import { pageHeaders } from '../page-headers.ts';
import type { ServerContext } from '../server-context.ts';

export function pageRoutes(server: ServerContext): Hono {
  const routes = new Hono();
  // `?print-pdf` is what users of reveal.js know.
  const isPrint = (query: Record<string, string>) => query['view'] === 'print' || 'print-pdf' in query;
  routes.get('/', (context) => {
    const html = isPrint(context.req.query()) ? server.pages.print() : server.pages.deck(isAskedFor(context));
    const sources = toFrameSources(html, new URL(context.req.url).host, server.previewPort);
    return new Response(html, { headers: pageHeaders({ sources }, html) });
  });
  routes.get('/speaker', () => {
    const html = server.pages.speaker();
    return new Response(html, { headers: pageHeaders('speaker', html) });
  });
  return routes;
}

/** Fetch Metadata: `none` is the user's own hand, in the address bar or on a bookmark. A browser that doesn't say joins the talk. */
function isAskedFor({ req }: Context): boolean {
  return ['none', 'same-origin'].includes(req.header('sec-fetch-site') ?? '');
}
