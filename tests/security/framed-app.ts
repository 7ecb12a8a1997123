import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { openPreviews } from '../../src/runner/preview/preview.ts';

export const KEY = '0123456789abcdef0123456789abcdef';

export interface FramedAnswer {
  status: number;
  headers: http.IncomingHttpHeaders;
  text: string;
}

/** An app in a frame of a deck, asked over HTTP as a browser's frame does. */
export interface FramedTestApp extends AsyncDisposable {
  host: string;
  port: number;
  get(path: string, headers?: Record<string, string>): Promise<FramedAnswer>;
}

/** `answer` is a server's listener, or the bytes that whoever connects is sent. */
export async function frameApp(
  answer: http.RequestListener | string | ((socket: net.Socket) => void),
  asks: 'as-it-is' | 'localhost' = 'as-it-is',
): Promise<FramedTestApp> {
  const raw = typeof answer === 'string' || answer.length === 1;
  const say = typeof answer === 'string' ? (socket: net.Socket) => void socket.end(answer, 'latin1') : answer;
  const app = raw
    ? net.createServer((socket) => {
        socket.on('error', () => socket.destroy());
        socket.once('data', () => (say as (socket: net.Socket) => void)(socket));
      })
    : http.createServer(answer as http.RequestListener);
  await new Promise<void>((resolve) => {
    app.listen(0, '127.0.0.1', resolve);
  });
  const previews = await openPreviews();
  const framed = previews.add({ port: (app.address() as AddressInfo).port, asks });
  const host = new URL(framed.origin).host.replace('.localhost', '-window0.localhost');
  const { port } = previews;
  const get: FramedTestApp['get'] = (path, headers = {}) => ask(port, path, { Host: host, ...headers });
  const to = new URLSearchParams({ key: KEY, deck: 'http://localhost:4100', to: '/' }).toString();
  await get(`/.deckhand/open?${to}`, { 'Sec-Fetch-Dest': 'iframe', 'Sec-Fetch-Site': 'cross-site' });
  return {
    host,
    port,
    get,
    [Symbol.asyncDispose]: async () => {
      previews.close();
      app.close();
      if (app instanceof http.Server) app.closeAllConnections();
    },
  };
}

function ask(port: number, path: string, headers: Record<string, string>): Promise<FramedAnswer> {
  return new Promise((resolve, reject) => {
    const request = http.get({ host: '127.0.0.1', port, path, headers, agent: false }, (answer) => {
      const { statusCode: status = 0, headers: said } = answer;
      text(answer).then(
        (read) => resolve({ status, headers: said, text: read }),
        () => resolve({ status, headers: said, text: 'broken off' }),
      );
    });
    request.on('error', reject);
  });
}
