import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import type { Env, Hono } from 'hono';
import { UserError } from '../demo/user-error.ts';

/** More than all cookies that browsers keep for a host (180 of 4 kB): every port of it may set some, and we get them all. */
const MAX_HEADER_BYTES = 1024 * 1024;

/** Serves the app on this machine only, under both of its loopback addresses. Resolves when it answers. */
export async function listen(app: Hono, port: number): Promise<{ port: number; close(): Promise<void> }> {
  const first = await bind(app, port, '127.0.0.1');
  const address = first.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  const second = await bind(app, bound, '::1').catch((error: unknown) => {
    // A machine without IPv6 does well without. But browsers try "localhost" as ::1 first: another program's page
    // would open there in place of the deck.
    if (!(error instanceof UserError)) return undefined;
    first.close();
    throw error;
  });
  const close = async () => {
    for (const server of [first, second]) {
      server?.close();
      server?.closeAllConnections();
    }
  };
  return { port: bound, close };
}

/** Serves the app on one address. Throws a `UserError` when it can't. */
export async function listenAt<E extends Env>(
  app: Hono<E>,
  port: number,
  host: string,
): Promise<{ port: number; close(): Promise<void> }> {
  const server = await bind(app, port, host);
  const address = server.address();
  const close = async () => {
    server.close();
    server.closeAllConnections();
  };
  return { port: typeof address === 'object' && address !== null ? address.port : port, close };
}

function bind<E extends Env>(app: Hono<E>, port: number, host: string): Promise<Server> {
  const server = createAdaptorServer({
    fetch: app.fetch,
    serverOptions: { maxHeaderSize: MAX_HEADER_BYTES },
  }) as Server;
  return new Promise((resolve, reject) => {
    // For as long as it listens: an error later (too many open files) must not end the talk.
    server.on('error', (error: NodeJS.ErrnoException) => reject(toUserError(error, port)));
    server.listen(port, host, () => resolve(server));
  });
}

function toUserError(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    const hint = `Stop what uses it (another Deckhand?), or give another port: --port ${port + 1}`;
    return new UserError('port-taken', `Port ${port} is taken.`, hint, { cause: error });
  }
  if (error.code === 'EACCES') {
    const hint = 'Take a port above 1023: --port 4100';
    return new UserError('port-refused', `This account may not listen on port ${port}.`, hint, {
      cause: error,
    });
  }
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    const hint = 'Give one of this machine, or 0.0.0.0 for all of them.';
    return new UserError('bad-host', 'That address is not one of this machine.', hint, { cause: error });
  }
  return error;
}
