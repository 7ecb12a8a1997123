import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import net, { type AddressInfo, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** A way to the app through Deckhand. */
export interface Preview {
  /** Of 127.0.0.1. */
  port: number;
  close(): void;
}

const NO_ANSWER = { 'Content-Type': 'text/plain; charset=utf-8', Refresh: '1' };
const KEYS_PATH = '/.deckhand/keys.js';

/**
 * Runs in the app's pages. A page of another origin keeps every key to itself, the clicker's too: those, and Escape, are told
 * to the deck around it.
 */
const KEYS_SCRIPT = `(() => {
  if (parent === window) return;
  const always = ['PageUp', 'PageDown', 'F5', 'Escape', 'AudioVolumeUp', 'AudioVolumeDown'];
  const isText = (node) => node instanceof Element && (node.isContentEditable || node.matches('input, textarea, select'));
  addEventListener('keydown', (event) => {
    const isTold = always.includes(event.key) || (['b', '.'].includes(event.key) && !isText(event.target));
    if (!isTold || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    parent.postMessage({ type: 'deckhand-clicker', key: event.key }, '*');
  }, { capture: true });
})();
`;

/**
 * Serves the app at `port` of this machine on a port of its own, unchanged but for one script at the end of its pages, so that
 * an app that has the focus doesn't swallow the clicker.
 */
export async function openPreview(port: number): Promise<Preview> {
  const sockets = new Set<Duplex>();
  const server = http.createServer((request, response) => pass(port, request, response));
  server.on('connection', (socket) => keepTrack(sockets, socket));
  server.on('upgrade', (request, socket, head) => passUpgrade(port, request, socket, head, sockets));
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const close = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return { port: (server.address() as AddressInfo).port, close };
}

function keepTrack(sockets: Set<Duplex>, socket: Duplex): void {
  sockets.add(socket);
  socket.on('close', () => sockets.delete(socket));
}

function pass(port: number, request: IncomingMessage, response: ServerResponse): void {
  if (request.url === KEYS_PATH) {
    response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(KEYS_SCRIPT);
    return;
  }
  const { method, url: path } = request;
  // Compressed pages could not be added to.
  const headers = { ...request.headers, 'accept-encoding': 'identity' };
  const onward = http.request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (answer) =>
    reply(answer, request, response),
  );
  onward.on('error', () => {
    if (response.headersSent) response.destroy();
    // One that starts again answers soon: nobody on a stage has a key for reloading a frame.
    else response.writeHead(502, NO_ANSWER).end('The app does not answer. Asking again …\n');
  });
  response.on('close', () => onward.destroy());
  request.pipe(onward);
}

function reply(answer: IncomingMessage, request: IncomingMessage, response: ServerResponse): void {
  const headers = { ...answer.headers };
  const status = answer.statusCode ?? 502;
  const isPage = request.method === 'GET' && status === 200 && isPlainHtml(answer);
  if (isPage) delete headers['content-length'];
  response.writeHead(status, answer.statusMessage, headers);
  answer.on('error', () => response.destroy());
  answer.on('data', (chunk: Buffer) => {
    if (!response.write(chunk)) answer.pause();
  });
  response.on('drain', () => answer.resume());
  answer.on('end', () => response.end(isPage ? `<script src="${KEYS_PATH}"></script>` : undefined));
}

function isPlainHtml({ headers }: IncomingMessage): boolean {
  const type = headers['content-type'] ?? '';
  const isWhole = headers['content-encoding'] === undefined && headers['content-range'] === undefined;
  return type.startsWith('text/html') && !/utf-?16/i.test(type) && isWhole;
}

/** WebSockets and their like: bytes both ways. */
function passUpgrade(
  port: number,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  sockets: Set<Duplex>,
): void {
  const onward: Socket = net.connect(port, '127.0.0.1', () => {
    const lines = [`${request.method} ${request.url} HTTP/1.1`];
    for (let i = 0; i < request.rawHeaders.length; i += 2)
      lines.push(`${request.rawHeaders[i]}: ${request.rawHeaders[i + 1]}`);
    onward.write(`${lines.join('\r\n')}\r\n\r\n`);
    onward.write(head);
    socket.pipe(onward).pipe(socket);
  });
  keepTrack(sockets, onward);
  onward.on('error', () => socket.destroy());
  socket.on('error', () => onward.destroy());
}
