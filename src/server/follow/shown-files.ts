import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { deckFiles } from '../deck-files.ts';
import { ApiProblem } from '../problem.ts';

/** The deck's pictures and videos. */
export interface ShownFiles {
  /** Where they are looked for, in order, by their address. */
  folders: readonly string[];
  /** Whether the deck names the file: of the speaker's folder nothing else leaves this machine. */
  mayShow(path: string): Promise<boolean> | boolean;
}

export interface RecordingFolders {
  /** Where a demo's recording is kept; undefined when there is no such demo. */
  recordingFolder(demo: string): Promise<string | undefined> | string | undefined;
}

/** The files that the deck names, and no others. */
export function shownFiles({ folders, mayShow }: ShownFiles): Hono {
  const files = new Hono();
  const serves = deckFiles(folders);
  files.get('*', async (context, next) => {
    if (!(await mayShow(context.req.path))) return next();
    for (const serve of serves) {
      const found = await serve(context, async () => {});
      if (found !== undefined) return found;
    }
    return next();
  });
  return files;
}

export function recordingFiles({ recordingFolder }: RecordingFolders): Hono {
  const routes = new Hono();
  routes.get('/follow/demos/:name/:file{(run\\.cast|app\\.png)}', async (context) => {
    const root = await recordingFolder(context.req.param('name'));
    const path = context.req.param('file');
    context.header('Cache-Control', 'no-cache');
    const found = root === undefined ? undefined : await serveStatic({ root, path })(context, async () => {});
    if (found !== undefined) return found;
    const detail = 'There is no such recording.';
    throw new ApiProblem(404, 'no-recording', 'No recording', detail, 'It may come later.');
  });
  return routes;
}
