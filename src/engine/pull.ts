import type { PullEvent } from './engine.ts';
import { pullProgress } from './build/classic.ts';
import { EngineError } from './engine-error.ts';
import type { HttpApi } from './http-api.ts';
import { readJsonLines } from './json-lines.ts';

/** Pulls an image, telling the bytes of each layer. Without a tag it is `latest`: the engine would pull every tag. */
export async function* pullImage(api: HttpApi, name: string, signal: AbortSignal): AsyncGenerator<PullEvent> {
  const hasTag = name.includes('@') || /:[^/]+$/u.test(name);
  const query = { fromImage: hasTag ? name : `${name}:latest` };
  const answer = await api.stream('POST', '/images/create', { query, signal });
  for await (const message of readJsonLines(answer, signal)) {
    if (typeof message !== 'object' || message === null) continue;
    if ('error' in message) throw new EngineError(500, String(message.error));
    for (const { item, done, total } of pullProgress(message))
      yield { item, done, ...(total === undefined ? {} : { total }) };
  }
}
