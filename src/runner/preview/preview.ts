import { randomBytes } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import type { Duplex } from 'node:stream';
import { answerForApp } from './answer.ts';
import { FrameKeys } from './frame-keys.ts';
import { toPlace, type FindApp, type ShownApp } from './shown-app.ts';
import { passConnect, passUpgrade } from './tunnel.ts';

/** A way to the app through Deckhand. */
export interface Preview {
  /** Of 127.0.0.1. */
  port: number;
  close(): void;
}

/** A way to the app for frames in the deck. */
export interface FramedApp {
  /** `http://<name that nobody can guess>.localhost:<port>` */
  origin: string;
  close(): void;
}

/** What the deck's frames show: every app under a name of its own, all at one port, so that a page can be held to it. */
export interface Previews {
  port: number;
  add(app: ShownApp): FramedApp;
  close(): void;
}

/** Serves the app at a port of this machine on a port of its own: for who looks at it without the deck around it. */
export async function openPreview(app: ShownApp): Promise<Preview> {
  const names = new Set<string>();
  const { server, close } = createAppServer((host) =>
    names.has(host) ? { app, host, frame: undefined } : undefined,
  );
  await listen(server, 0, '127.0.0.1');
  const { port } = server.address() as AddressInfo;
  for (const name of ['127.0.0.1', 'localhost']) names.add(`${name}:${port}`);
  return { port, close };
}

const FRAME_HOST = /^(?<app>[0-9a-f]{32})(?:-(?<frame>[0-9a-z]{1,24}))?\.localhost:\d+$/u;

/**
 * Serves apps to frames of the deck. Names below `localhost` lead to this machine in every browser, are no site of the deck's
 * nor of each other, share no cookies with it, and are accepted by what checks its Host header in development.
 */
export async function openPreviews(): Promise<Previews> {
  const apps = new Map<string, { app: ShownApp; keys: FrameKeys }>();
  const find: FindApp = (host) => {
    const { app: name = '', frame = '' } = FRAME_HOST.exec(host)?.groups ?? {};
    const found = apps.get(name);
    return found === undefined ? undefined : { app: found.app, host, frame: found.keys.of(frame) };
  };
  const first = createAppServer(find);
  await listen(first.server, 0, '127.0.0.1');
  const { port } = first.server.address() as AddressInfo;
  // Another program's page must not stand there in the app's place. A machine without IPv6 does well without.
  const second = createAppServer(find);
  await listen(second.server, port, '::1').catch(() => undefined);
  const close = () => {
    first.close();
    second.close();
  };
  const add = (app: ShownApp): FramedApp => {
    const name = randomBytes(16).toString('hex');
    apps.set(name, { app, keys: new FrameKeys() });
    return { origin: `http://${name}.localhost:${port}`, close: () => void apps.delete(name) };
  };
  return { port, add, close };
}

/** Cookies that other ports have set come along. */
const MAX_HEADERS = 256 * 1024;

function createAppServer(find: FindApp): { server: Server; close(): void } {
  const sockets = new Set<Duplex>();
  const keep = (socket: Duplex): void => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  };
  const server = http.createServer({ maxHeaderSize: MAX_HEADERS }, (request, response) =>
    answerForApp(find, request, response),
  );
  server.on('connection', keep);
  server.on('upgrade', (request, socket, head) => {
    const place = toPlace(request);
    const found = place === undefined ? undefined : find(place.host);
    if (place === undefined || found === undefined) socket.destroy();
    else passUpgrade({ ...found, path: place.path }, request, { socket, head, keep });
  });
  server.on('connect', (request, socket, head) =>
    passConnect(find(request.url ?? ''), server, { socket, head, keep }),
  );
  const close = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return { server, close };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(port, host, resolve);
  });
}
