import { readFile } from 'node:fs/promises';
import { isIPv4 } from 'node:net';

/** Both ends of a connection, as a socket of ours tells them. */
export interface Connection {
  remoteAddress?: string | undefined;
  remotePort?: number | undefined;
  localAddress?: string | undefined;
  localPort?: number | undefined;
}

/**
 * Whether our own account, or root, is at the other end of a connection from this machine. Only Linux can tell; elsewhere everybody is
 * taken for ours.
 */
export async function isPeerOurs(connection: Connection): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'utf8').catch(() => '')),
  );
  const user = findUser(tables.join('\n'), connection);
  // Started with sudo, the browser is opened by who typed it.
  const ours = [0, process.getuid?.(), Number(process.env['SUDO_UID'] ?? 0)];
  return user !== undefined && ours.includes(user);
}

/** The account whose socket is the other end, from the text of /proc/net/tcp. https://docs.kernel.org/networking/proc_net_tcp.html */
export function findUser(table: string, connection: Connection): number | undefined {
  const { remoteAddress = '', remotePort = 0, localAddress = '', localPort = 0 } = connection;
  const from = toEnds(remoteAddress, remotePort);
  const to = toEnds(localAddress, localPort);
  for (const line of table.split('\n')) {
    const [, local = '', remote = '', state, , , , user] = line.trim().split(/\s+/);
    // Only of an established connection: one that nobody holds any more is said to be root's.
    if (state === '01' && from.includes(local) && to.includes(remote)) return Number(user);
  }
  return undefined;
}

/** An end as the kernel writes it: the address in words of the machine's own byte order, which is little-endian wherever we run. */
function toEnds(address: string, port: number): string[] {
  const plain = address.replace(/^::ffff:/i, '');
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
  if (isIPv4(plain)) {
    const word = plain.split('.').toReversed().map(toHex).join('');
    return [`${word}:${hexPort}`, `0000000000000000FFFF0000${word}:${hexPort}`];
  }
  return plain === '::1' ? [`${'0'.repeat(24)}01000000:${hexPort}`] : [];
}

function toHex(byte: string): string {
  return Number(byte).toString(16).toUpperCase().padStart(2, '0');
}
