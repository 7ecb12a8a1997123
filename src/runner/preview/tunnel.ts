import type { IncomingMessage } from 'node:http';
import net, { type AddressInfo, type Server } from 'node:net';
import type { Duplex } from 'node:stream';
import { toRequestLines } from './safe-headers.ts';
import type { Found } from './shown-app.ts';

interface Opened {
  socket: Duplex;
  /** What came behind the headers. */
  head: Buffer;
  keep(socket: Duplex): void;
}

/** WebSockets and their like: bytes both ways. */
export function passUpgrade(found: Found & { path: string }, request: IncomingMessage, opened: Opened): void {
  const onward = connectTo(found.app.port, opened);
  onward.write(`${toRequestLines(found, request).join('\r\n')}\r\n\r\n`);
  join(onward, opened);
}

/** The browser that takes pictures has us as its proxy: it gets to the app that is shown, and nowhere else. */
export function passConnect(found: Found | undefined, server: Server, opened: Opened): void {
  const address = server.address() as AddressInfo | null;
  if (found === undefined || address === null) {
    opened.socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
    return;
  }
  const onward = connectTo(address.port, opened);
  opened.socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
  join(onward, opened);
}

function connectTo(port: number, { socket, keep }: Opened): Duplex {
  const onward = net.connect(port, '127.0.0.1');
  keep(onward);
  keep(socket);
  onward.on('close', () => socket.destroy());
  socket.on('close', () => onward.destroy());
  return onward;
}

function join(onward: Duplex, { socket, head }: Opened): void {
  onward.write(head);
  socket.pipe(onward).pipe(socket);
}
