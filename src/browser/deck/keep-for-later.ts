import type { PublishedPages } from '../../stage/page-data.ts';

/** A published deck can be opened again without a network: a worker keeps its files, once this page has all it needs itself. */
export function keepForLater({ worker }: PublishedPages): void {
  if (worker === undefined || !('serviceWorker' in navigator) || location.protocol === 'file:') return;
  // A browser that refuses (a private window) shows the deck all the same.
  const register = () => void navigator.serviceWorker.register(worker).catch(() => undefined);
  if (document.readyState === 'complete') register();
  else addEventListener('load', register);
}
