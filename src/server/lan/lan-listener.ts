import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { UserError } from '../../demo/user-error.ts';
import { findLanAddresses } from './lan-address.ts';

/** How often is looked whether the laptop has changed its network, in ms. */
const LOOK_MS = 2000;

export interface LanListenerOptions {
  /** What `--remote-host` says; without it the address is found, and found again in another network. */
  host: string | undefined;
  /** What `--remote-port` says; without it `likedPort`, or any that is free. */
  port: number | undefined;
  likedPort: number;
  fetch(request: Request, env: unknown): Response | Promise<Response>;
  onChange(): void;
}

/** Listens on one address of the network that this machine is in, and moves along when that changes. */
export class LanListener {
  address: string | undefined;
  port = 0;
  readonly #options: LanListenerOptions;
  #server: Server | undefined;
  #timer: NodeJS.Timeout | undefined;

  private constructor(options: LanListenerOptions) {
    this.#options = options;
  }

  /** Throws a `UserError` when the host or port that was asked for can't be had; a missing network it waits for. */
  static async open(options: LanListenerOptions): Promise<LanListener> {
    const listener = new LanListener(options);
    const { host } = options;
    if (host === undefined) await listener.#look();
    else await listener.#moveTo(host);
    return listener;
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#end();
  }

  async #look(): Promise<void> {
    const found = findLanAddresses();
    const isStillThere = this.address !== undefined && found.includes(this.address);
    if (!isStillThere) await this.#moveTo(found[0]).catch(() => this.#end());
    this.#timer = setTimeout(() => void this.#look(), LOOK_MS);
    this.#timer.unref();
  }

  async #moveTo(address: string | undefined): Promise<void> {
    const before = this.address;
    this.#end();
    if (address !== undefined) {
      this.#server = await this.#bind(address);
      const bound = this.#server.address();
      this.port = typeof bound === 'object' && bound !== null ? bound.port : 0;
      this.address = address;
    }
    if (before !== this.address) this.#options.onChange();
  }

  #end(): void {
    this.#server?.close();
    this.#server?.closeAllConnections();
    this.#server = undefined;
    this.address = undefined;
  }

  async #bind(address: string): Promise<Server> {
    const { port, likedPort } = this.#options;
    if (port !== undefined) return this.#bindTo(address, port);
    return this.#bindTo(address, likedPort).catch(() => this.#bindTo(address, 0));
  }

  #bindTo(address: string, port: number): Promise<Server> {
    const server = createAdaptorServer({ fetch: this.#options.fetch }) as Server;
    return new Promise((resolve, reject) => {
      // For as long as it listens: an error later (too many open files) must not end the talk.
      server.on('error', (error: NodeJS.ErrnoException) => reject(toUserError(error, address, port)));
      server.listen(port, address, () => resolve(server));
    });
  }
}

function toUserError(error: NodeJS.ErrnoException, address: string, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    const hint = `Give another one: --remote-port ${port + 1}`;
    return new UserError('port-taken', `Port ${port} of ${address} is taken.`, hint, { cause: error });
  }
  const found = findLanAddresses().join(', ') || 'none: join the Wi-Fi or your phone’s hotspot';
  const hint = `Addresses of this machine: ${found}. Omit --remote-host to let Deckhand find it.`;
  return new UserError('bad-remote-host', `Deckhand can't listen on ${address}.`, hint, { cause: error });
}
