import type { Readable } from 'node:stream';
import { EngineError } from './engine-error.ts';
import type { HttpApi } from './http-api.ts';
import { readJsonLines } from './json-lines.ts';

/** Source: Engine API, `GET /images/get`: as many `names` as there are images. */
export async function saveImages(
  api: HttpApi,
  names: readonly string[],
  signal: AbortSignal,
): Promise<Readable> {
  const query = new URLSearchParams(names.map((name) => ['names', name]));
  return api.stream('GET', `/images/get?${query.toString()}`, { signal });
}

/** Source: Engine API, `POST /images/load`. It answers 200 at once; what goes wrong stands in what it streams. */
export async function loadImages(api: HttpApi, archive: Readable, signal: AbortSignal): Promise<void> {
  const answer = await api.stream('POST', '/images/load', { query: { quiet: true }, body: archive, signal });
  for await (const line of readJsonLines(answer, signal)) {
    if (typeof line === 'object' && line !== null && 'error' in line)
      throw new EngineError(500, String(line.error));
  }
}
