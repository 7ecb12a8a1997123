/// <reference lib="webworker" />

import { awayPage } from './away-page.ts';

declare const self: ServiceWorkerGlobalScope;

/**
 * Stands in for a Deckhand that answers nobody, so that a window which is loaded then doesn't end on the browser's error page. It keeps
 * nothing, and serves nothing while somebody answers. The browser asks by itself (navigation preload): a request of this worker's own would
 * say that our page had led there, whoever did.
 */
self.addEventListener('install', () => void self.skipWaiting());
self.addEventListener('activate', (event) =>
  event.waitUntil(self.registration.navigationPreload?.enable() ?? Promise.resolve()),
);
self.addEventListener('fetch', (event) => {
  const { method, mode, destination } = event.request;
  if (method !== 'GET' || mode !== 'navigate' || destination !== 'document') return;
  if (self.registration.navigationPreload === undefined) return;
  event.respondWith(answer(event));
});

async function answer({ preloadResponse, request }: FetchEvent): Promise<Response> {
  try {
    const response = (await preloadResponse) as Response | undefined;
    // None: preloading was off when this request began.
    return response ?? (await fetch(request));
  } catch {
    return awayPage();
  }
}
