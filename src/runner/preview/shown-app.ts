import type { IncomingMessage } from 'node:http';
import type { FrameKey } from './frame-keys.ts';

/** An app that is shown. */
export interface ShownApp {
  /** Of 127.0.0.1. */
  port: number;
  /** As which it wants to be asked: some apps have a list of names, and `localhost` is all that is in it. */
  asks?: 'as-it-is' | 'localhost';
}

/** Who is asked, under which name, and for which frame of the deck, if one has said that it is there. */
export interface Found {
  app: ShownApp;
  /** As the browser knows it, with its port. */
  host: string;
  frame: FrameKey | undefined;
}

/** By the name that was asked for, and its port: any other is somebody else's (DNS rebinding). */
export type FindApp = (host: string) => Found | undefined;

/** Host and path of a request, whether it was sent to us or to a proxy, which we are for the browser that takes pictures. */
export function toPlace({ url = '/', headers }: IncomingMessage): { host: string; path: string } | undefined {
  if (url.startsWith('/') || url === '*') return { host: headers.host ?? '', path: url };
  if (!URL.canParse(url)) return undefined;
  const { protocol, host, pathname, search } = new URL(url);
  return protocol === 'http:' ? { host, path: pathname + search } : undefined;
}

/** The Host header that the app is asked with. */
export function toAppHost({ app, host }: Pick<Found, 'app' | 'host'>): string {
  return app.asks === 'localhost' ? `localhost:${app.port}` : host;
}
