import net, { type Server } from 'node:net';
import type { Duplex } from 'node:stream';

/** Ports of this machine's loopback that lead to ports of another machine's. */
export class Tunnels {
  readonly #dial: (port: number) => Duplex;
  readonly #servers = new Map<number, Promise<Server>>();

  /** `dial` opens a connection to a port over there. */
  constructor(dial: (port: number) => Duplex) {
    this.#dial = dial;
  }

  /** The port here for a port there. The same one each time. */
  async localPort(port: number): Promise<number> {
    const opening = this.#servers.get(port) ?? this.#open(port);
    this.#servers.set(port, opening);
    const address = (await opening).address();
    if (typeof address !== 'object' || address === null) throw new Error('a tunnel has no port');
    return address.port;
  }

  async #open(port: number): Promise<Server> {
    const server = net.createServer((near) => {
      const far = this.#dial(port);
      near.pipe(far).pipe(near);
      near.on('error', () => far.destroy()).on('close', () => far.destroy());
      far.on('error', () => near.destroy()).on('close', () => near.destroy());
    });
    // A tunnel that nobody uses must not keep the process alive.
    server.unref();
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', () => resolve(server));
    });
  }

  close(): void {
    for (const opening of this.#servers.values()) void opening.then((server) => server.close());
    this.#servers.clear();
  }
}
