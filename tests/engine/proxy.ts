import { mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import tls from 'node:tls';

export interface EngineProxy extends AsyncDisposable {
  socket: string;
  /** Cuts every connection and refuses new ones, as an engine that was stopped. */
  cut(): Promise<void>;
  /** Listens again at the same place. */
  restore(): Promise<void>;
  /** Takes connections and passes nothing on any more, as an engine that hangs. */
  freeze(): void;
}

/**
 * A socket that passes everything on to the real engine until it is cut: an engine that can be stopped without stopping it.
 * With a delay it is as slow to answer each connection as one that wakes up. With `closesKept` it closes each connection that was
 * kept just when the next request comes on it.
 */
export async function startProxy(
  target: string,
  { delayMs = 0, closesKept = false }: { delayMs?: number; closesKept?: boolean } = {},
): Promise<EngineProxy> {
  const folder = await mkdtemp(path.join(tmpdir(), 'deckhand-proxy-'));
  const socket = path.join(folder, 'engine.sock');
  const open = new Set<net.Socket>();
  let isFrozen = false;
  const server = net.createServer((near) => {
    if (isFrozen) {
      open.add(near.on('error', () => {}).on('close', () => open.delete(near)));
      return;
    }
    const far = net.connect(target);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from);
      setTimeout(() => {
        if (closesKept && from === near) closeOnSecond(near);
        from.pipe(to);
      }, delayMs);
      from.on('error', () => to.destroy());
      from.on('close', () => open.delete(from));
    }
  });
  const listen = async (): Promise<void> => new Promise((resolve) => server.listen(socket, resolve));
  const cut = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const one of open) one.destroy();
    await closed;
  };
  await listen();
  return {
    socket,
    cut,
    restore: listen,
    freeze: () => {
      isFrozen = true;
      for (const one of open) one.unpipe().pause();
    },
    [Symbol.asyncDispose]: async () => {
      if (server.listening) await cut();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function closeOnSecond(near: net.Socket): void {
  let requests = 0;
  near.on('data', (data: Buffer) => {
    if (/^(?:GET|HEAD|POST|PUT|DELETE) \//u.test(data.toString('latin1', 0, 10))) requests += 1;
    if (requests > 1) near.destroy();
  });
}

/** The real engine at a TCP port of `host`, behind TLS that asks for the client's certificate when it is given any. */
export async function startTcpRelay(
  target: string,
  host: string,
  certificates?: { ca: Buffer; cert: Buffer; key: Buffer },
): Promise<{ address: string } & AsyncDisposable> {
  const open = new Set<net.Socket>();
  const accept = (near: net.Socket): void => {
    const far = net.connect({ path: target, allowHalfOpen: true });
    near.pipe(far).pipe(near);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.on('error', () => other.destroy()).on('close', () => open.delete(one));
    }
  };
  const server =
    certificates === undefined
      ? net.createServer({ allowHalfOpen: true }, accept)
      : tls.createServer(
          { ...certificates, requestCert: true, rejectUnauthorized: true, allowHalfOpen: true },
          accept,
        );
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const address = server.address();
  return {
    address: `tcp://${host}:${typeof address === 'object' ? (address?.port ?? 0) : 0}`,
    [Symbol.asyncDispose]: async () => {
      server.close();
      for (const one of open) one.destroy();
    },
  };
}
