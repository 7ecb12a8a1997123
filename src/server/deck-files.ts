import { extname } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import type { MiddlewareHandler } from 'hono';

/** What a slide can show. Nothing else of the speaker's folder is handed out. */
const SHOWN = new Set(
  (
    '.apng .avif .bmp .gif .ico .jpg .jpeg .png .svg .webp .mp4 .m4v .mov .ogv .webm .mp3 .m4a .ogg .oga .opus .wav ' +
    '.flac .woff .woff2 .ttf .otf .cast .pdf .css .vtt .html'
  ).split(' '),
);

/** What is a document of its own, with scripts that would otherwise run as the deck's. */
const DOCUMENTS = new Set(['.html', '.svg']);

/**
 * Serves the files that a deck names, from the first of `folders` that has it. Names starting with a dot, and
 * `node_modules`, stay private. A page that the deck frames gets an origin of its own: it can't read the token.
 */
export function deckFiles(folders: readonly string[]): MiddlewareHandler[] {
  const isShown = (path: string) =>
    SHOWN.has(extname(path).toLowerCase()) && !/(?:^|\/)(?:\.|node_modules\/)/.test(path);
  return folders.map((root) => {
    const serve = serveStatic({ root });
    return async (context, next) => {
      if (!isShown(context.req.path)) return next();
      context.header('Cache-Control', 'no-cache');
      if (DOCUMENTS.has(extname(context.req.path).toLowerCase())) {
        context.header('Content-Security-Policy', 'sandbox allow-scripts allow-forms allow-popups');
      }
      return serve(context, next);
    };
  });
}
