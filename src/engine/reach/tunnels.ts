import net, { type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** Opens a connection to something over there. */
export type Dial = () => Duplex | Promise<Duplex>;

/** Ports of this machine's loopback that lead to ports of another machine's containers. */
export class Tunnels {
  readonly #tunnels = new Map<string, Map<number, Promise<Tunnel>>>();

  /** The port here that leads where `dial` does: the same one each time for an owner and its `port`. */
  async localPort(owner: string, port: number, dial: Dial): Promise<number> {
    const own = this.#tunnels.get(owner) ?? new Map<number, Promise<Tunnel>>();
    this.#tunnels.set(owner, own);
    const opening = own.get(port) ?? openTunnel(dial);
    own.set(port, opening);
    return (await opening).port;
  }

  /** Ends everything that belongs to this owner. */
  closeOf(owner: string): void {
    for (const opening of this.#tunnels.get(owner)?.values() ?? []) {
      void opening.then((tunnel) => tunnel.close()).catch(() => {});
    }
    this.#tunnels.delete(owner);
  }

  close(): void {
    for (const owner of this.#tunnels.keys()) this.closeOf(owner);
  }
}

interface Tunnel {
  port: number;
  close(): void;
}

async function openTunnel(dial: Dial): Promise<Tunnel> {
  const open = new Set<Socket>();
  // A client may end its own side first, and still wants the answer.
  const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
    open.add(near);
    near.on('error', () => near.destroy()).on('close', () => open.delete(near));
    void join(near, dial);
  });
  // A tunnel that nobody uses must not keep the process alive.
  server.unref();
  return {
    port: await listen(server),
    close: () => {
      server.close();
      for (const near of open) near.destroy();
    },
  };
}

async function join(near: Socket, dial: Dial): Promise<void> {
  try {
    const far = await dial();
    near.on('close', () => far.destroy());
    // What came from there is still to be delivered.
    far.on('error', () => near.destroy()).on('close', () => near.destroySoon());
    if (near.destroyed) far.destroy();
    else near.pipe(far).pipe(near);
  } catch {
    // To its client the app does not answer, which is the truth.
    near.destroy();
  }
}

async function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (typeof address === 'object' && address !== null) resolve(address.port);
      else reject(new Error('a tunnel has no port'));
    });
  });
}
