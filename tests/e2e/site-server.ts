import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';

const TYPES: Record<string, string> = {
  '.css': 'text/css',
  '.gif': 'image/gif',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

export interface SiteServer extends AsyncDisposable {
  url: string;
  /** Paths that it had nothing for. */
  missing: string[];
  end(): Promise<void>;
}

/** As plain as a host can be: files of a folder, under a path of its own. */
export async function serveSite(folder: string, path = '/talks/docker/'): Promise<SiteServer> {
  const missing: string[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://host');
    const name = pathname.startsWith(path)
      ? decodeURIComponent(pathname.slice(path.length)) || 'index.html'
      : '';
    readFile(join(folder, name)).then(
      (bytes) => response.setHeader('Content-Type', TYPES[extname(name)] ?? 'text/plain').end(bytes),
      () => {
        missing.push(pathname);
        response.writeHead(404).end();
      },
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const end = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}${path}`, missing, end, [Symbol.asyncDispose]: end };
}
