import { Hono } from 'hono';
import type { OpenFile, OpenRecording } from '../routes/deck-files.ts';
import { ApiProblem } from '../problem.ts';
import { sendFile } from '../routes/send-file.ts';

/** The deck's pictures and videos. */
export interface ShownFiles {
  /** Of the speaker's folder nothing leaves this machine but what a slide shows. */
  openFile: OpenFile;
}

export interface ShownRecordings {
  openRecording: OpenRecording;
}

export function recordingFiles({ openRecording }: ShownRecordings): Hono {
  const routes = new Hono();
  routes.get('/follow/demos/:name/:file{(run\\.cast|app\\.png)}', async (context) => {
    const file = context.req.param('file');
    const opened = await openRecording(context.req.param('name'), file);
    context.header('Cache-Control', 'no-cache');
    if (opened !== undefined)
      return sendFile(context, opened, { address: `/${file}`, policy: 'sandbox', scripts: false });
    const detail = 'There is no such recording.';
    throw new ApiProblem({
      status: 404,
      code: 'no-recording',
      title: 'No recording',
      detail,
      hint: 'It may come later.',
    });
  });
  return routes;
}
