/** So late that it is in the way of nothing that a page loads at its start, in ms. */
const LATER_MS = 2000;

/** Loaded while Deckhand is down, the page says so and comes back by itself: a worker answers in the server's place. */
export function comeBackByItself(): void {
  if (!('serviceWorker' in navigator)) return;
  // A browser that refuses (a private window) shows its own error page then.
  const register = () => void navigator.serviceWorker.register('/away-worker.js').catch(() => undefined);
  setTimeout(register, LATER_MS);
}
