import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import net from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import type { ContainerSpec } from '../../src/engine/container-spec.ts';
import { connectFar } from './far-engine.ts';
import { buildFolder, makeFolder, testBuilders } from './test-engine.ts';

/** Answers a line with so many bytes, with the sum of all that comes until the client ends, or by talking back; says who is there. */
const SERVER = `
import hashlib, socketserver, threading
here = set()
class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        here.add(self)
        try: self.answer()
        finally: here.discard(self)
    def answer(self):
        word, *rest = self.rfile.readline().decode().split()
        if word == "send":
            for _ in range(int(rest[0])): self.wfile.write(bytes(1000))
        elif word == "sum":
            self.wfile.write(hashlib.sha256(self.rfile.read()).hexdigest().encode())
        elif word == "upgrade":
            self.wfile.write(b"101\\n")
            for line in self.rfile: self.wfile.write(line.upper())
        elif word == "drip":
            import time
            while True:
                self.wfile.write(b"drop\\n")
                time.sleep(0.05)
        elif word == "who":
            self.wfile.write(str(len(here) - 1).encode())
class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 200
Server(("", 8000), Handler).serve_forever()
`;

const spec = (name: string): ContainerSpec => ({
  name,
  image: 'python:3.13-slim',
  labels: { 'deckhand.demo': 'test' },
  command: ['python', '-c', SERVER],
  environment: {},
  ports: [8000],
  mounts: [],
  tmpfs: {},
  init: false,
  readOnly: true,
  capAdd: [],
  memoryBytes: 256 * 1024 ** 2,
  cpus: 1,
  pids: 256,
  network: name,
  aliases: [],
});

interface Server extends AsyncDisposable {
  /** On our loopback. */
  port: number;
  /** A connection that has said its line. */
  dial(line: string): net.Socket;
  /** How many are connected to it. */
  clients(): Promise<number>;
}

/** The server above, and beside it a relay of this image. */
async function startServer(engine: Engine, relayImage: string): Promise<Server> {
  const name = `deckhand-test-relay-${crypto.randomUUID().slice(0, 8)}`;
  const labels = { 'deckhand.demo': 'test' };
  await engine.createNetwork(name, labels);
  const relay = await engine.startRelay({ name: `${name}-relay`, image: relayImage, labels, network: name });
  const id = await engine.createContainer(spec(name));
  await engine.startContainer(id);
  const port = (await engine.inspectContainer(id)).ports.get(8000) ?? 0;
  const dial = (line: string): net.Socket => {
    const socket = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    socket.write(`${line}\n`);
    return socket;
  };
  const clients = async (): Promise<number> => Number((await text(dial('who'))) || Number.NaN);
  await expect.poll(clients, { timeout: 10_000 }).toBe(0);
  return {
    port,
    dial,
    clients,
    [Symbol.asyncDispose]: async () => {
      for (const one of [id, relay ?? '']) await engine.removeContainer(one);
      await engine.removeNetwork(name);
    },
  };
}

async function readLine(socket: net.Socket): Promise<string> {
  const [chunk] = (await once(socket, 'data')) as [Buffer];
  return chunk.toString();
}

const images = {
  python3: 'FROM python:3.13-slim\n',
  perl: 'FROM python:3.13-slim\nRUN rm /usr/bin/python*\n',
};

/** Both of Docker's builders are one engine. */
const engines = testBuilders.filter((builder) => builder !== 'classic');

describe.each(engines)('a port on a machine that only the API of %s reaches', (builder) => {
  test.each(Object.entries(images))('works as if it were here, through %s', async (_name, Dockerfile) => {
    await using far = await connectFar(builder);
    await using made = await makeFolder({ Dockerfile });
    const tag = `deckhand-test-relay-${crypto.randomUUID().slice(0, 8)}`;
    await buildFolder(far.engine, made.folder, { tag });
    {
      await using server = await startServer(far.engine, tag);
      const large = await buffer(server.dial('send 30000'));
      expect(large.length).toBe(30_000_000);

      const body = randomBytes(20_000_000);
      const upload = server.dial('sum');
      upload.end(body);
      expect(await text(upload)).toBe(createHash('sha256').update(body).digest('hex'));

      const upgraded = server.dial('upgrade');
      expect(await readLine(upgraded)).toBe('101\n');
      for (const word of ['one\n', 'two\n']) {
        upgraded.write(word);
        expect(await readLine(upgraded)).toBe(word.toUpperCase());
      }
      upgraded.end();
      await once(upgraded.resume(), 'close');

      const many = await Promise.all(
        Array.from({ length: 40 }, async () => (await buffer(server.dial('send 100'))).length),
      );
      expect(new Set(many)).toEqual(new Set([100_000]));

      const endless = server.dial('drip');
      expect(await readLine(endless)).toContain('drop');
      expect(await server.clients()).toBe(1);
      endless.destroy();
      await expect.poll(server.clients).toBe(0);
    }
    await far.engine.removeImage(tag);
  });
});

test('what leads to a container ends with it', async () => {
  await using far = await connectFar();
  const server = await startServer(far.engine, 'python:3.13-slim');
  const open = server.dial('upgrade');
  expect(await readLine(open)).toBe('101\n');
  const closed = once(open, 'close');
  await server[Symbol.asyncDispose]();
  open.end();
  await closed;
  const late = net.connect({ port: server.port, host: '127.0.0.1' });
  await expect(once(late, 'connect')).rejects.toThrow(/ECONNREFUSED/u);
});

test('an image without python3 and perl is no relay, and nothing of the attempt stays', async () => {
  await using far = await connectFar();
  await using made = await makeFolder({ Dockerfile: 'FROM scratch\nCOPY Dockerfile /\n' });
  const tag = `deckhand-test-relay-${crypto.randomUUID().slice(0, 8)}`;
  await buildFolder(far.engine, made.folder, { tag });
  const labels = { 'deckhand.demo': tag };
  await far.engine.createNetwork(tag, labels);
  expect(await far.engine.startRelay({ name: tag, image: tag, labels, network: tag })).toBeUndefined();
  await far.engine.removeNetwork(tag);
  expect(await far.engine.list(`deckhand.demo=${tag}`)).toEqual([]);
  await far.engine.removeImage(tag);
});
