import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { connect } from 'node:net';
import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/demo/user-error.ts';
import { listen } from '../../src/server/listen.ts';

const app = new Hono().get('/', (context) => context.text('here'));

async function occupy(host: string): Promise<{ server: Server; port: number }> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, host, resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

/** Whether anybody answers at that address of this machine. */
function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2000 });
    const end = (isThere: boolean) => {
      socket.destroy();
      resolve(isThere);
    };
    socket
      .on('connect', () => end(true))
      .on('error', () => end(false))
      .on('timeout', () => end(false));
  });
}

const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
const hasIpv6 = addresses.some(({ address }) => address === '::1');

describe('listening', () => {
  test('answers on loopback, and nowhere else', async () => {
    const { port, close } = await listen(app, 0);
    try {
      expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('here');
      expect(await (await fetch(`http://localhost:${port}/`)).text()).toBe('here');
      const others = addresses.filter(({ internal, address }) => !internal && !address.startsWith('fe80'));
      for (const { address } of others) expect(await answers(address, port), address).toBe(false);
    } finally {
      await close();
    }
    expect(await answers('127.0.0.1', port)).toBe(false);
  });

  test('says that a port is taken, and which to try', async () => {
    const { server, port } = await occupy('127.0.0.1');
    try {
      const error: unknown = await listen(app, port).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(UserError);
      expect(error).toMatchObject({ code: 'port-taken', message: `Port ${port} is taken.` });
      expect((error as UserError).hint).toContain(`--port ${port + 1}`);
    } finally {
      server.close();
    }
  });

  test.runIf(hasIpv6)(
    'is not content with half of localhost when another program has the other half',
    async () => {
      const { server, port } = await occupy('::1');
      try {
        await expect(listen(app, port)).rejects.toMatchObject({ code: 'port-taken' });
        expect(await answers('127.0.0.1', port)).toBe(false);
      } finally {
        server.close();
      }
    },
  );

  test('ends connections that are still open', async () => {
    const { port, close } = await listen(
      new Hono().get('/', () => new Response(new ReadableStream())),
      0,
    );
    const response = await fetch(`http://127.0.0.1:${port}/`);
    await close();
    await expect(response.text()).rejects.toThrow();
  });
});
