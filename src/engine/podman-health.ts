import type { InspectBody } from './container-body.ts';
import type { HttpApi } from './http-api.ts';

/**
 * Runs the healthchecks of containers that are still starting. Podman leaves them to systemd's timers, so that without
 * systemd they never run. Source: Podman API, `GET /libpod/containers/{name}/healthcheck`.
 */
export class PodmanHealth {
  readonly #api: HttpApi;
  readonly #lastRun = new Map<string, number>();

  constructor(api: HttpApi) {
    this.#api = api.at('4.0.0');
  }

  /** Runs the check if it is due; true when the container must be looked at again. */
  async run(id: string, { State, Config }: InspectBody): Promise<boolean> {
    if (State.Status !== 'running' || State.Health?.Status !== 'starting') {
      this.#lastRun.delete(id);
      return false;
    }
    const intervalMs = (Config.Healthcheck?.Interval ?? 0) / 1e6;
    const now = performance.now();
    if (now - (this.#lastRun.get(id) ?? -Infinity) < intervalMs) return false;
    this.#lastRun.set(id, now);
    await this.#api.call('GET', `/libpod/containers/${id}/healthcheck`);
    return true;
  }
}
