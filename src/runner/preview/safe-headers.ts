import {
  validateHeaderName,
  validateHeaderValue,
  type IncomingMessage,
  type OutgoingHttpHeaders,
} from 'node:http';
import { toAppHost, type Found } from './shown-app.ts';

/** Of one connection, not of the message. RFC 9110, section 7.6.1. */
const HOP_BY_HOP = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];
const FOR_PROXIES = ['expect', 'host', 'origin', 'referer', 'accept-encoding'];

/** What the app is asked with. */
export function toAppHeaders(found: Found, { headers }: IncomingMessage): OutgoingHttpHeaders {
  const kept = without(headers, [...hopByHop(headers), ...FOR_PROXIES]);
  const { origin, referer, cookie } = headers;
  return {
    ...kept,
    host: toAppHost(found),
    ...(origin === undefined ? {} : { origin: toAppAddress(found, origin) }),
    ...(referer === undefined ? {} : { referer: toAppAddress(found, referer) }),
    ...(cookie === undefined ? {} : { cookie: withoutOurs(cookie) }),
    // Its length is only told in pieces: the app must read it that way.
    ...(headers['transfer-encoding'] === undefined ? {} : { 'transfer-encoding': 'chunked' }),
    // Compressed pages could not be added to.
    'accept-encoding': 'identity',
    connection: 'close',
  };
}

/** The same as lines, for a connection that becomes another protocol's. */
export function toRequestLines(
  found: Found & { path: string },
  { method, rawHeaders }: IncomingMessage,
): string[] {
  const lines = [`${method} ${found.path} HTTP/1.1`];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const [name = '', value = ''] = rawHeaders.slice(i, i + 2);
    lines.push(`${name}: ${toUpgradeValue(found, name.toLowerCase(), value)}`);
  }
  return lines;
}

/** A browser sends the cookies of one port to all of a host: those that let it in to the deck are not the app's to know. */
function withoutOurs(cookies: string): string {
  const kept = cookies.split(';').filter((cookie) => !/^\s*deckhand-/.test(cookie));
  return kept.join(';').trim();
}

function toUpgradeValue(found: Found, name: string, value: string): string {
  if (name === 'cookie') return withoutOurs(value);
  if (name === 'host') return toAppHost(found);
  return name === 'origin' ? toAppAddress(found, value) : value;
}

/** What the browser is told, without what Node would refuse to say: an app may send anything. */
export function toSafeHeaders(found: Found, answer: IncomingMessage): Record<string, string | string[]> {
  const { headers } = answer;
  const kept = without(headers, hopByHop(headers));
  const safe: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(kept)) {
    if (value === undefined) continue;
    const values = [value].flat().filter((one) => isSayable(name, one));
    if (values.length > 0) safe[name] = Array.isArray(value) ? values : (values[0] ?? '');
  }
  const { location, 'set-cookie': cookies } = safe;
  if (typeof location === 'string') safe['location'] = toOwnAddress(found, location);
  if (Array.isArray(cookies) && found.frame !== undefined) safe['set-cookie'] = cookies.map(toFramedCookie);
  return safe;
}

function isSayable(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}

function hopByHop({ connection = '' }: { connection?: string | undefined }): string[] {
  const named = connection.split(',').map((name) => name.trim().toLowerCase());
  return [...HOP_BY_HOP, ...named];
}

function without<T extends object>(headers: T, names: readonly string[]): T {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name))) as T;
}

/** An address of ours as the app knows it, when it is asked under another name. */
function toAppAddress(found: Found, address: string): string {
  const ours = `http://${found.host}`;
  const isOurs = address === ours || address.startsWith(`${ours}/`);
  return isOurs ? `http://${toAppHost(found)}${address.slice(ours.length)}` : address;
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]', '0.0.0.0'];

/** An app that leads on to itself by the port that it was published at stays in the preview. */
function toOwnAddress({ app, host }: Found, location: string): string {
  if (!/^http:\/\//iu.test(location) || !URL.canParse(location)) return location;
  const { hostname, port, pathname, search, hash } = new URL(location);
  if (!LOOPBACK.includes(hostname) || Number(port) !== app.port) return location;
  return `http://${host}${pathname}${search}${hash}`;
}

/**
 * In a frame of another site, browsers take and send only cookies that say that they may be used there; `Partitioned` keeps
 * those to frames in this deck.
 */
function toFramedCookie(cookie: string): string {
  const [pair = '', ...attributes] = cookie.split(';');
  const kept = attributes.filter(
    (one) => !/^\s*(?:domain|samesite|secure|partitioned)\s*(?:=|$)/iu.test(one),
  );
  return [pair, ...kept, ' SameSite=None', ' Secure', ' Partitioned'].join(';');
}
