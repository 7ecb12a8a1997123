import type { IncomingMessage, ServerResponse } from 'node:http';

/** What a frame of the deck and the pages in it know, and the app does not. */
export interface FrameKey {
  key: string;
  /** The deck's origin: nobody else is told. */
  deck: string;
  /** Whether what was opened last is no page, so that it can't say that it is there. */
  isFile: boolean;
}

/** Where a frame of the deck begins. */
export const OPEN_PATH = '/.deckhand/open';
/** A picture that is there as long as the frame shows a file of the app: so the deck can ask, whatever it shows. */
export const FILE_PATH = '/.deckhand/plain.svg';
const MAX_FRAMES = 100;
const KEY = /^[0-9a-f]{32}$/u;
const DECK = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\]):\d{1,5}$/u;

/** The keys of one app's frames. */
export class FrameKeys {
  readonly #byFrame = new Map<string, FrameKey>();

  of(frame: string): FrameKey {
    const known = this.#byFrame.get(frame) ?? { key: '', deck: '', isFile: false };
    // An app that makes up names only forgets its own frames.
    if (this.#byFrame.size >= MAX_FRAMES) this.#byFrame.clear();
    this.#byFrame.set(frame, known);
    return known;
  }
}

/**
 * The deck opens a frame: takes the key that it made for it, and leads on to the app. An app that comes here by itself can
 * only lose the deck's key, and with it its own.
 */
export function openFrame(
  frame: FrameKey,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const asked = new URL(path, 'http://frame').searchParams;
  const [key, deck, to] = [asked.get('key') ?? '', asked.get('deck') ?? '', asked.get('to') ?? ''];
  const isOurs = isFramed(request) && request.headers['sec-fetch-site'] !== 'same-origin';
  if (!isOurs || !KEY.test(key) || !DECK.test(deck) || !/^\/(?![/\\])/u.test(to)) {
    response.writeHead(403, { 'Content-Type': 'text/plain' }).end('Only the deck opens its frames.\n');
    return;
  }
  frame.key = key;
  frame.deck = deck;
  const headers = { 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' };
  response.writeHead(303, { ...headers, Location: toAscii(to) }).end();
}

export function tellFile({ isFile }: FrameKey, response: ServerResponse): void {
  const headers = { 'Content-Type': 'image/svg+xml', 'Cache-Control': 'no-store' };
  const picture = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>';
  if (isFile) response.writeHead(200, headers).end(picture);
  else response.writeHead(404).end();
}

function isFramed({ headers }: IncomingMessage): boolean {
  const dest = headers['sec-fetch-dest'];
  return dest === undefined || dest === 'iframe';
}

function toAscii(path: string): string {
  const { pathname, search, hash } = new URL(path, 'http://app');
  return pathname + search + hash;
}
