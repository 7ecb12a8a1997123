import type { SecureContextOptions } from 'node:tls';
import { UserError } from '../demo/user-error.ts';

/** Where an engine listens. */
export type Endpoint =
  | { kind: 'socket'; path: string }
  | { kind: 'tcp'; host: string; port: number; tls?: TlsOptions }
  | { kind: 'ssh'; target: string; port?: number };

export type TlsOptions = Pick<SecureContextOptions, 'ca' | 'cert' | 'key'> & { rejectUnauthorized?: boolean };

/**
 * Reads a DOCKER_HOST: `unix:///path`, `npipe:////./pipe/name`, `tcp://host:port`, `http(s)://`, `ssh://user@host:port`, or a path.
 * Source: docker/cli, opts/hosts.go.
 */
export function parseEndpoint(text: string, tls?: TlsOptions): Endpoint {
  if (text.startsWith('/') || text.startsWith('\\\\')) return { kind: 'socket', path: text };
  if (text.startsWith('unix://')) return { kind: 'socket', path: text.slice('unix://'.length) };
  if (text.startsWith('npipe://')) return { kind: 'socket', path: text.slice('npipe://'.length) };
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'ssh:' && url.hostname !== '') {
    const user = url.username === '' ? '' : `${decodeURIComponent(url.username)}@`;
    const target = `${user}${url.hostname}`;
    return { kind: 'ssh', target, ...(url.port === '' ? {} : { port: Number(url.port) }) };
  }
  if (url !== undefined && ['tcp:', 'http:', 'https:'].includes(url.protocol) && url.hostname !== '') {
    const secure = tls ?? (url.protocol === 'https:' ? {} : undefined);
    const port = url.port === '' ? (secure === undefined ? 2375 : 2376) : Number(url.port);
    const host = url.hostname.replace(/^\[|\]$/gu, '');
    return { kind: 'tcp', host, port, ...(secure === undefined ? {} : { tls: secure }) };
  }
  throw new UserError(
    'bad-engine-address',
    `"${text}" is not the address of an engine.`,
    'Write unix:///path/to/docker.sock, tcp://host:2376, ssh://user@host, or on Windows npipe:////./pipe/docker_engine.',
  );
}

/** The address as a person would write it. */
export function toAddress(endpoint: Endpoint): string {
  if (endpoint.kind === 'tcp') return `tcp://${endpoint.host}:${endpoint.port}`;
  if (endpoint.kind === 'ssh') {
    return `ssh://${endpoint.target}${endpoint.port === undefined ? '' : `:${endpoint.port}`}`;
  }
  const isPipe = endpoint.path.startsWith('//') || endpoint.path.startsWith('\\\\');
  return `${isPipe ? 'npipe' : 'unix'}://${endpoint.path}`;
}

/** Whether the engine is on another machine, so that what it publishes is not on our loopback. */
export function isRemote(endpoint: Endpoint): boolean {
  if (endpoint.kind === 'socket') return false;
  if (endpoint.kind === 'ssh') return true;
  return !['localhost', '127.0.0.1', '::1'].includes(endpoint.host);
}
