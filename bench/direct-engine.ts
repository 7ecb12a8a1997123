import { once } from 'node:events';
import http, { type IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { EngineFacts } from '../src/engine/engine.ts';

/** The engine with nothing in between, to be measured against: one request, its answer read and thrown away. */
export class DirectEngine {
  readonly #socketPath: string;
  readonly #version: string;

  constructor({ endpoint, apiVersion }: EngineFacts) {
    if (!endpoint.startsWith('unix://')) throw new Error(`This needs an engine's socket, not ${endpoint}.`);
    this.#socketPath = endpoint.slice('unix://'.length);
    this.#version = apiVersion;
  }

  /** Builds a tar archive. A build that fails answers 200 as well: look whether the image is there. */
  async build(query: Record<string, string>, archive: Buffer): Promise<void> {
    const outgoing = this.#request('POST', '/build', query, { 'content-type': 'application/x-tar' });
    const answered = once(outgoing, 'response');
    outgoing.end(archive);
    const [answer]: IncomingMessage[] = await answered;
    if (answer?.statusCode !== 200) throw new Error(`The engine answered ${answer?.statusCode}.`);
    answer.resume();
    await once(answer, 'end');
  }

  /** Everything that a container is about to print. */
  async attach(id: string): Promise<Readable> {
    const query = { stream: '1', stdout: '1', stderr: '1' };
    const headers = { connection: 'Upgrade', upgrade: 'tcp' };
    const outgoing = this.#request('POST', `/containers/${id}/attach`, query, headers).end();
    return new Promise((resolve, reject) => {
      outgoing.once('error', reject);
      outgoing.once('upgrade', (_answer, socket, head) => {
        socket.unshift(head);
        resolve(socket);
      });
    });
  }

  /** How long the one container with this label ran, by the engine's clock, in ms. It started after `since`, and is dead. */
  async lifeOf(label: string, since: number): Promise<number> {
    const filters = JSON.stringify({ type: ['container'], event: ['start', 'die'], label: [label] });
    const query = { filters, since: String(since / 1000), until: String(Date.now() / 1000) };
    const outgoing = this.#request('GET', '/events', query).end();
    const [answer]: IncomingMessage[] = await once(outgoing, 'response');
    const lines = (await answer?.toArray())?.join('').trim().split('\n') ?? [];
    const events = lines.map((line) => JSON.parse(line) as { Action: string; timeNano: number });
    const at = (action: string) => events.find((event) => event.Action === action)?.timeNano ?? Number.NaN;
    return (at('die') - at('start')) / 1e6;
  }

  #request(
    method: string,
    path: string,
    query: Record<string, string>,
    headers: http.OutgoingHttpHeaders = {},
  ): http.ClientRequest {
    const target = `/v${this.#version}${path}?${new URLSearchParams(query).toString()}`;
    return http.request({
      socketPath: this.#socketPath,
      method,
      path: target,
      headers: { host: 'docker', ...headers },
    });
  }
}
