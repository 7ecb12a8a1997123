import type { HttpApi } from './http-api.ts';

/** A file to be put into a container: an absolute path, its content, and its mode. */
export interface PutFile {
  target: string;
  text: string | Buffer;
  mode: number;
}

/** Puts files into a container, running or not. Source: Engine API, `PUT /containers/{id}/archive`. */
export async function putFiles(api: HttpApi, id: string, files: readonly PutFile[]): Promise<void> {
  const { pack } = await import('tar-stream');
  const archive = pack();
  for (const { target, text, mode } of files)
    archive.entry({ name: target.replace(/^\/+/u, ''), mode }, text);
  archive.finalize();
  await api.call('PUT', `/containers/${id}/archive`, { query: { path: '/' }, body: archive });
}
