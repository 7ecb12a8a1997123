import type { ContainerUsage } from './container-spec.ts';
import type { HttpApi } from './http-api.ts';

/** The part of `GET /containers/{id}/stats` that is read. */
interface StatsBody {
  read: string;
  cpu_stats?: { cpu_usage?: { total_usage?: number } };
  memory_stats?: { usage?: number; stats?: { inactive_file?: number; total_inactive_file?: number } };
}

/** More containers than a demo has. */
const MAX_REMEMBERED = 500;

/** Reads what containers use, one look at a time; what the processor did is told from one look to the next. */
export class UsageReader {
  readonly #api: HttpApi;
  readonly #before = new Map<string, { at: number; total: number }>();

  constructor(api: HttpApi) {
    this.#api = api;
  }

  async read(id: string): Promise<ContainerUsage> {
    const query = { stream: false, 'one-shot': true };
    const body = await this.#api.json<StatsBody>('GET', `/containers/${id}/stats`, { query });
    const total = body.cpu_stats?.cpu_usage?.total_usage ?? 0;
    const at = Date.parse(body.read);
    const before = this.#before.get(id);
    if (this.#before.size > MAX_REMEMBERED) this.#before.clear();
    this.#before.set(id, { at, total });
    return {
      memoryBytes: memoryOf(body),
      cpus: before === undefined ? 0 : cpusBetween(before, { at, total }),
    };
  }
}

/** As `docker stats` counts it: without the files that the kernel keeps at hand. */
function memoryOf({ memory_stats: memory = {} }: StatsBody): number {
  const files = memory.stats?.total_inactive_file ?? memory.stats?.inactive_file ?? 0;
  return Math.max(0, (memory.usage ?? 0) - files);
}

function cpusBetween(first: { at: number; total: number }, second: { at: number; total: number }): number {
  const ms = second.at - first.at;
  return ms <= 0 ? 0 : Math.max(0, Math.round(((second.total - first.total) / 1e6 / ms) * 100) / 100);
}
