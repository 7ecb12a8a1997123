import type { EngineStatus } from './engine.ts';
import type { HttpApi } from './http-api.ts';

/** The part of `GET /info` that is read. */
interface InfoBody {
  MemTotal?: number;
  /** RFC 3339. */
  SystemTime?: string;
  DockerRootDir?: string;
}

/** Source: Engine API, `GET /info`. */
export async function readStatus(api: HttpApi, signal?: AbortSignal): Promise<EngineStatus> {
  const info = await api.json<InfoBody>('GET', '/info', { signal });
  const clock = Date.parse(info.SystemTime ?? '');
  return {
    memoryBytes: info.MemTotal ?? 0,
    ...(Number.isNaN(clock) ? {} : { clock }),
    folder: info.DockerRootDir ?? '',
  };
}
