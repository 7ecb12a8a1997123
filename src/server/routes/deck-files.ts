import { randomBytes } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import type { OpenedInside } from '../../files/open-inside.ts';
import { addFrameKeys } from '../frame-keys.ts';
import { sendFile } from './send-file.ts';

/** Opens a file that the deck names, by its address as file names have it (`/img/a #1.png`); undefined for everything else. */
export type OpenFile = (address: string) => Promise<OpenedInside | undefined>;

/** Opens a file of a demo's recording. */
export type OpenRecording = (demo: string, file: string) => Promise<OpenedInside | undefined>;

export interface DeckFiles {
  /** Pictures, videos, style sheets, linked files: for our own pages. */
  own: MiddlewareHandler;
  /** Pages that slides frame, with their files: mounted at `/framed/*`, before anything that asks who is there. */
  framed: MiddlewareHandler;
}

const PAGE = /\.(?:html?|xhtml)$/i;
/** A page's scripts may run in it and nowhere else: it is given an origin of its own, and can't read the token. */
const PAGE_POLICY = "sandbox allow-scripts allow-forms allow-popups; frame-ancestors 'self'";
const FILE_POLICY = "sandbox; frame-ancestors 'self'";

/**
 * The files that the deck names, and no others. A framed page is of an origin of its own, which has no cookies: its address holds a key,
 * and so do the addresses of what it names, since they are relative to it.
 */
export function deckFiles(openFile: OpenFile): DeckFiles {
  const top = `/framed/${randomBytes(24).toString('base64url')}`;
  const own: MiddlewareHandler = async (context, next) => {
    if (!isReading(context)) return next();
    // A file that is not there now may be after the next save.
    context.header('Cache-Control', 'no-cache');
    const { pathname, search } = new URL(context.req.url);
    const address = toAddress(pathname);
    const opened = await openFile(address);
    if (opened === undefined) return next();
    if (PAGE.test(address)) {
      await opened.handle.close();
      return context.redirect(`${top}${pathname}${search}`, 303);
    }
    // A script of the deck must not run as ours: as text it doesn't.
    return sendFile(context, opened, { address, policy: FILE_POLICY, scripts: false });
  };
  const framed: MiddlewareHandler = async (context, next) => {
    const { pathname } = new URL(context.req.url);
    if (!isReading(context) || !pathname.startsWith(`${top}/`)) return next();
    const address = toAddress(pathname.slice(top.length));
    const opened = await openFile(address);
    if (opened === undefined) return context.text(`Nothing is served at ${address}\n`, 404);
    context.header('Cache-Control', 'no-cache');
    context.header('Cross-Origin-Resource-Policy', 'cross-origin');
    context.header('Access-Control-Allow-Origin', '*');
    const isPage = PAGE.test(address);
    const answer = sendFile(context, opened, {
      address,
      policy: isPage ? PAGE_POLICY : FILE_POLICY,
      scripts: true,
    });
    context.res = await answer;
    if (isPage) await addFrameKeys(context, async () => {});
    return context.res;
  };
  return { own, framed };
}

function isReading({ req }: Context): boolean {
  return req.method === 'GET' || req.method === 'HEAD';
}

/** As it is when its escapes are none: a file may be called `100%.png`. */
export function toAddress(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}
