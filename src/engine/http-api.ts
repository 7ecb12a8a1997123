import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import type { Endpoint } from './endpoint.ts';
import { createDebug } from '../debug/debug.ts';
import { UserError } from '../demo/user-error.ts';
import { EngineError } from './engine-error.ts';
import { createSshAgent } from './ssh.ts';

const debug = createDebug('engine');

export type Query = Record<string, string | number | boolean | undefined>;

export interface ApiRequest {
  query?: Query;
  /** Sent as JSON; a stream is sent as a tar archive. */
  body?: unknown;
  signal?: AbortSignal | undefined;
}

/**
 * The Engine API over HTTP, with nothing in between: a stream that is destroyed closes its connection, which is how a build
 * is cancelled. Source: docs.docker.com/reference/api/engine.
 */
export interface HttpApi {
  /** The whole answer, in the shape that the API's reference gives it. */
  json<Shape>(method: string, path: string, request?: ApiRequest): Promise<Shape>;
  /** Does something whose answer says nothing. */
  call(method: string, path: string, request?: ApiRequest): Promise<void>;
  /** The answer's headers came; its body follows. */
  stream(method: string, path: string, request?: ApiRequest): Promise<IncomingMessage>;
  /** The connection itself, after the engine has agreed to use it as a stream of bytes. */
  upgrade(path: string, request?: ApiRequest): Promise<Readable>;
  /** The same engine, under a version of its API: `1.41`. */
  at(version: string): HttpApi;
  close(): void;
}

export function createHttpApi(endpoint: Endpoint): HttpApi {
  const connect = toConnection(endpoint);
  return atVersion(connect, '');
}

function atVersion(connect: Connection, prefix: string): HttpApi {
  const stream: HttpApi['stream'] = async (method, path, request = {}) =>
    send(connected(method, path, request.query), request);
  const connected = (method: string, path: string, query: Query | undefined) => ({
    ...connect,
    method,
    path: prefix + path + toQuery(query),
  });
  return {
    stream,
    upgrade: async (path, request = {}) => upgrade(connected('POST', path, request.query), request),
    json: async (method, path, request) => JSON.parse(await readText(await stream(method, path, request))),
    call: async (method, path, request) => void (await readText(await stream(method, path, request))),
    at: (version) => atVersion(connect, `/v${version}`),
    close: () => connect.agent.destroy(),
  };
}

/** What every request to this engine has in common. */
interface Connection extends Omit<https.RequestOptions, 'headers'> {
  headers?: http.OutgoingHttpHeaders;
  agent: http.Agent;
  /** Another of its kind; without `keepAlive` it closes each connection after its answer. */
  createAgent(keepAlive: boolean): http.Agent;
  /** Whether a new connection costs next to nothing. */
  isCheap: boolean;
}

function toConnection(endpoint: Endpoint): Connection {
  const options = toOptions(endpoint);
  return { ...options, agent: options.createAgent(true), isCheap: endpoint.kind !== 'ssh' };
}

function toOptions(endpoint: Endpoint): Omit<Connection, 'agent' | 'isCheap'> {
  const plain = (keepAlive: boolean): http.Agent => new http.Agent({ keepAlive });
  if (endpoint.kind === 'socket')
    return { socketPath: endpoint.path, headers: { host: 'docker' }, createAgent: plain };
  if (endpoint.kind === 'ssh')
    return { host: 'docker', createAgent: (keepAlive) => createSshAgent(endpoint, keepAlive) };
  const { host, port, tls } = endpoint;
  if (tls === undefined) return { host, port, createAgent: plain };
  const createAgent = (keepAlive: boolean): http.Agent => new https.Agent({ keepAlive });
  return { host, port, ...tls, protocol: 'https:', createAgent };
}

async function send(options: Connection, request: ApiRequest): Promise<IncomingMessage> {
  const archive = isReadable(request.body) ? request.body : undefined;
  const text = archive !== undefined || request.body === undefined ? '' : JSON.stringify(request.body);
  const headers = {
    ...(archive === undefined ? {} : { 'content-type': 'application/x-tar' }),
    ...toJsonHeaders(text),
  };
  // What must not be asked twice is not sent on a kept connection, which the other end may just be closing.
  const isOnce = archive !== undefined || (options.method === 'POST' && options.isCheap);
  const agent = isOnce ? options.createAgent(false) : options.agent;
  const began = performance.now();
  const outgoing = open({ ...options, agent }, headers, request.signal);
  const answered = once(outgoing, 'response');
  if (archive === undefined) outgoing.end(text);
  else {
    archive.once('error', (error) => outgoing.destroy(error));
    archive.pipe(outgoing);
  }
  try {
    const [answer]: IncomingMessage[] = await answered;
    // Without its query, which may hold build arguments.
    const [path] = String(options.path).split('?');
    const ms = Math.round(performance.now() - began);
    debug(() => `${options.method} ${path} ${answer?.statusCode}, ${ms} ms`);
    return await accept(answer);
  } catch (error) {
    // A connection that was kept from before was closed at the other end; the next one is new, or says what is wrong.
    const isStale = outgoing.reusedSocket && isClosed(error) && archive === undefined;
    if (isStale && request.signal?.aborted !== true) return send(options, request);
    throw toEngineError(error, request.signal);
  }
}

function toJsonHeaders(text: string): http.OutgoingHttpHeaders {
  if (text === '') return {};
  return { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
}

/** Source: Node.js, `request.reusedSocket`. */
function isClosed(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
}

function open(
  options: Connection,
  headers: http.OutgoingHttpHeaders,
  signal: AbortSignal | undefined,
): http.ClientRequest {
  const transport = options.protocol === 'https:' ? https : http;
  return transport.request({
    ...options,
    // Over TCP it is the host's own name: a certificate is held against it.
    headers: { ...options.headers, ...headers },
    ...(signal && { signal }),
  });
}

async function accept(answer: IncomingMessage | undefined): Promise<IncomingMessage> {
  if (answer === undefined) throw new EngineError(0, 'the engine did not answer');
  // Without a listener, a connection that breaks while nobody reads would end this process.
  answer.on('error', () => {});
  if ((answer.statusCode ?? 500) >= 400) throw await toRefusal(answer);
  return answer;
}

/** Source: Engine API, `POST /containers/{id}/attach`, "Hijacking". An engine may also answer 200 and stream its body. */
async function upgrade(options: Connection, { body, signal }: ApiRequest): Promise<Readable> {
  const text = body === undefined ? '' : JSON.stringify(body);
  const headers = { connection: 'Upgrade', upgrade: 'tcp', ...toJsonHeaders(text) };
  // It takes its connection for itself, and can't be asked twice.
  const outgoing = open({ ...options, agent: options.createAgent(false) }, headers, signal);
  const agreed = new Promise<Readable>((resolve, reject) => {
    outgoing.once('error', (error) => reject(toEngineError(error, signal)));
    outgoing.once('response', (answer) => resolve(accept(answer)));
    outgoing.once('upgrade', (_answer, socket, head) => {
      socket.on('error', () => {});
      if (head.length > 0) socket.unshift(head);
      signal?.addEventListener('abort', () => socket.destroy(), { once: true });
      resolve(socket);
    });
  });
  outgoing.end(text);
  return agreed;
}

function isReadable(body: unknown): body is Readable {
  return typeof body === 'object' && body !== null && 'pipe' in body;
}

function toQuery(query: Query = {}): string {
  const pairs = Object.entries(query).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, String(value)]],
  );
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString()}`;
}

/** An abort stays an abort; what the operating system says becomes an `EngineError`. */
export function toEngineError(error: unknown, signal?: AbortSignal): unknown {
  if (error instanceof EngineError || error instanceof UserError || signal?.aborted === true) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new EngineError(0, `the engine does not answer: ${reason}`, { cause: error });
}

async function toRefusal(answer: IncomingMessage): Promise<EngineError> {
  const text = await readText(answer);
  return new EngineError(answer.statusCode ?? 500, messageOf(text));
}

function messageOf(text: string): string {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null && 'message' in body) return String(body.message);
  } catch {
    // Not JSON: a proxy in between, or a very old engine.
  }
  return text.trim();
}

async function readText(stream: IncomingMessage): Promise<string> {
  stream.setEncoding('utf8');
  let text = '';
  try {
    for await (const chunk of stream) text += String(chunk);
  } catch (error) {
    throw toEngineError(error);
  }
  return text;
}
