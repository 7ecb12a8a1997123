import { createServer, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FanOut } from '../../src/server/follow/fan-out.ts';

let fanOut: FanOut;
let server: Server;
let port: number;
const sockets: Socket[] = [];

beforeEach(async () => {
  fanOut = new FanOut({ mostWaiting: 64 * 1024 });
  server = createServer((_request, response) => {
    response.removeHeader('transfer-encoding');
    response.writeHead(200, { Connection: 'close' });
    fanOut.join(response, [Buffer.from('greeting\n')]);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
});

afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  fanOut.close();
  server.close();
});

/** A follower that reads; what it has read so far. */
async function join(): Promise<{ socket: Socket; read(): string }> {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  let text = '';
  const greeted = new Promise<void>((resolve) => {
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (text.includes('greeting\n')) resolve();
    });
  });
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  await greeted;
  return { socket, read: () => text.slice(text.indexOf('greeting\n') + 9) };
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}

test('everybody gets every message, in order, and who comes later gets those that come later', async () => {
  const first = await join();
  fanOut.send(Buffer.from('1'));
  fanOut.send(Buffer.from('2'));
  await until(() => first.read() === '12');
  const second = await join();
  fanOut.send(Buffer.from('3'));
  await until(() => first.read() === '123' && second.read() === '3');
});

test('who comes between a message and its sending does not get it twice: the greeting holds it', async () => {
  const first = await join();
  const response = {
    write: () => true,
    on: () => undefined,
    destroy: () => undefined,
    writableLength: 0,
  } as never;
  const written: string[] = [];
  fanOut.send(Buffer.from('1'));
  fanOut.join({ ...(response as object), write: (chunk: Buffer) => written.push(String(chunk)) } as never, [
    Buffer.from('with 1'),
  ]);
  fanOut.send(Buffer.from('2'));
  await until(() => first.read() === '12');
  expect(written).toEqual(['with 1', '2']);
});

test('an older message of a kind is left out while it waits, a save never', async () => {
  const follower = await join();
  for (const h of ['a', 'b', 'c']) fanOut.send(Buffer.from(h), 'stage');
  fanOut.send(Buffer.from('D'));
  fanOut.send(Buffer.from('E'));
  fanOut.send(Buffer.from('d'), 'stage');
  await until(() => follower.read() === 'DEd');
});

test('a follower that does not read is dropped, and the others get everything in time', async () => {
  const sleeper = await join();
  sleeper.socket.pause();
  const reader = await join();
  expect(fanOut.size).toBe(2);
  const piece = Buffer.alloc(64 * 1024, 'x');
  let sent = 0;
  // Until the kernel's buffers are full as well.
  while (fanOut.size === 2 && sent < 200) {
    fanOut.send(piece);
    sent += 1;
    await until(() => reader.read().length === sent * piece.length);
  }
  expect(fanOut.size).toBe(1);
  fanOut.send(Buffer.from('end'));
  await until(() => reader.read().endsWith('end'));
  await new Promise<void>((resolve) => {
    sleeper.socket.on('close', () => resolve());
    sleeper.socket.resume();
  });
});
