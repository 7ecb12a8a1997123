import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { HttpBindings } from '@hono/node-server';
import { Hono, type MiddlewareHandler } from 'hono';
import { pageHeaders } from '../page-headers.ts';
import { ApiProblem } from '../problem.ts';
import type { Audience } from './audience.ts';
import { recordingFiles, type ShownRecordings } from './shown-files.ts';
import type { FanOut } from './fan-out.ts';

/** What the audience's pages need. There is nothing in it that could change the talk. */
export interface FollowContext extends ShownRecordings {
  audience: Audience;
  fanOut: FanOut;
  /** How many connections an address may have; any number where a proxy may stand between. */
  mostOf?(address: string): number;
  /** The deck as a page that follows. */
  page(): string;
}

/** More than fit into any room; beyond it one who comes is told so, and those who follow are not disturbed. */
const MAX_FOLLOWERS = 10_000;
/** How soon a browser that lost us looks again, in ms. */
const RETRY = Buffer.from('retry: 400\n');

const EVENT_HEADERS = {
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'X-Accel-Buffering': 'no',
  // The stream ends with its connection: no bytes around each message.
  Connection: 'close',
};

export function followRoutes(follow: FollowContext): Hono<{ Bindings: HttpBindings }> {
  const routes = new Hono<{ Bindings: HttpBindings }>();
  const pageBytes = keepPage(follow);
  routes.get('/follow', async ({ req, body }) => {
    const { plain, zipped, own } = await pageBytes();
    const takesGzip = /\bgzip\b/.test(req.header('accept-encoding') ?? '');
    const headers = { ...own, Vary: 'Accept-Encoding' };
    return takesGzip
      ? body(zipped, 200, { ...headers, 'Content-Encoding': 'gzip' })
      : body(plain, 200, headers);
  });
  const byAddress = new Map<string, number>();
  routes.get('/follow/events', async ({ env, req, body }) => {
    const { fanOut, audience, mostOf } = follow;
    // Who only asks whether it is there takes nobody's place.
    if (req.method === 'HEAD') return body(null, 200, { 'Content-Type': EVENT_HEADERS['Content-Type'] });
    const address = env.incoming.socket.remoteAddress ?? '';
    const count = byAddress.get(address) ?? 0;
    if (count >= (mostOf?.(address) ?? Infinity)) {
      const hint = 'Close some of its windows.';
      throw new ApiProblem({
        status: 429,
        code: 'too-many-windows',
        title: 'Too many windows',
        detail: `${address} follows ${count} times.`,
        hint,
      });
    }
    if (fanOut.size >= MAX_FOLLOWERS) {
      const hint = 'Somebody beside you has it on their screen.';
      throw new ApiProblem({
        status: 503,
        code: 'full',
        title: 'Full',
        detail: `${MAX_FOLLOWERS} devices follow already.`,
        hint,
      });
    }
    const { outgoing } = env;
    outgoing.removeHeader('transfer-encoding');
    outgoing.writeHead(200, EVENT_HEADERS);
    byAddress.set(address, count + 1);
    outgoing.on('close', () => leave(byAddress, address));
    fanOut.join(outgoing, [RETRY, ...audience.greeting()]);
    // What is left to send goes past the framework, to two thousand at once: it has nothing more to do here.
    return new Promise<Response>(() => {});
  });
  routes.route('/', recordingFiles(follow));
  return routes;
}

/** Nobody is remembered who has gone. */
function leave(byAddress: Map<string, number>, address: string): void {
  const count = (byAddress.get(address) ?? 1) - 1;
  if (count > 0) byAddress.set(address, count);
  else byAddress.delete(address);
}

/** Somebody who follows has nothing to send. */
export const refuseChanges: MiddlewareHandler = async (context, next) => {
  if (context.req.method === 'GET' || context.req.method === 'HEAD') return next();
  const detail = "Followers can't change the talk.";
  throw new ApiProblem({
    status: 405,
    code: 'read-only',
    title: 'Read only',
    detail,
    hint: 'Look back at any time; the speaker moves on.',
  });
};

interface KeptPage {
  plain: Uint8Array<ArrayBuffer>;
  zipped: Uint8Array<ArrayBuffer>;
  /** Its headers. */
  own: Record<string, string>;
}

/** The page is the same for everybody: put together, and packed, once for each save. */
function keepPage({ audience, page }: FollowContext): () => Promise<KeptPage> {
  let version = -1;
  let kept: Promise<KeptPage> | undefined;
  return () => {
    if (kept === undefined || version !== audience.pageVersion) {
      version = audience.pageVersion;
      const html = page();
      const plain = new TextEncoder().encode(html);
      const own = pageHeaders('elsewhere', html);
      kept = promisify(gzip)(plain).then((zipped) => ({ plain, zipped: new Uint8Array(zipped), own }));
    }
    return kept;
  };
}
