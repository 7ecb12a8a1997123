/// <reference lib="webworker" />
import type { SiteBuild } from '../../stage/page-data.ts';

declare const self: ServiceWorkerGlobalScope;
/** Written in front of this script when a deck is published. */
declare const deckhandBuild: SiteBuild;

/**
 * Keeps a published deck for later. Pages come from the network as long as it answers, so a new build is seen at once; all
 * else is named after its content and comes from what is kept. A new build takes over when no window shows the old one.
 */
const SCOPE = new URL('.', self.location.href);
const OURS = `deckhand ${SCOPE.pathname} `;
const KEPT = OURS + deckhandBuild.version;
/** On a network that doesn't answer, the page that is kept comes after this, in ms. */
const PATIENCE_MS = 3000;

self.addEventListener('install', (event) => event.waitUntil(keepAll()));
self.addEventListener('activate', (event) => event.waitUntil(forgetOldBuilds()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(SCOPE.href)) return;
  event.respondWith(request.mode === 'navigate' ? newestPage(request) : keptFile(request));
});

async function keepAll(): Promise<void> {
  const cache = await caches.open(KEPT);
  await Promise.all(
    deckhandBuild.files.map(async (file) => {
      const url = new URL(file.name, SCOPE);
      const before = file.isHashed ? await caches.match(url) : undefined;
      await cache.put(url, before ?? (await fetchWhole(url)));
    }),
  );
}

/** As a response of its own: a browser refuses one that was redirected for a page, and hosts redirect as they like. */
async function fetchWhole(url: URL): Promise<Response> {
  const response = await fetch(url, { cache: 'no-cache' });
  if (!response.ok) throw new Error(`${url.pathname}: ${response.status}`);
  return new Response(response.body, { headers: response.headers });
}

async function forgetOldBuilds(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(OURS) && name !== KEPT);
  await Promise.all(old.map((name) => caches.delete(name)));
}

async function newestPage(request: Request): Promise<Response> {
  const kept = await keptPage(request);
  if (kept === undefined) return fetch(request);
  const tooLate = new Promise<Response>((resolve) => setTimeout(() => resolve(kept), PATIENCE_MS));
  const fetched = fetch(request).then(
    (response) => (response.status >= 500 ? kept : response),
    () => kept,
  );
  return Promise.race([fetched, tooLate]);
}

async function keptPage(request: Request): Promise<Response | undefined> {
  const cache = await caches.open(KEPT);
  const isFolder = new URL(request.url).pathname === SCOPE.pathname;
  return cache.match(isFolder ? new URL('index.html', SCOPE) : request, { ignoreSearch: true });
}

async function keptFile(request: Request): Promise<Response> {
  const kept = await caches.match(request);
  if (kept === undefined) return fetch(request);
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get('Range') ?? '');
  return range === null ? kept : partOf(kept, Number(range[1]), range[2] ?? '');
}

/** A video is asked for in parts. */
async function partOf(whole: Response, from: number, to: string): Promise<Response> {
  const blob = await whole.blob();
  const end = to === '' ? blob.size : Math.min(Number(to) + 1, blob.size);
  const headers = {
    'Content-Type': whole.headers.get('Content-Type') ?? '',
    'Content-Range': `bytes ${from}-${end - 1}/${blob.size}`,
  };
  return new Response(blob.slice(from, end), { status: 206, headers });
}
