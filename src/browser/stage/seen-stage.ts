import type { StageClient } from './stage-client.ts';

/**
 * The newest state of the talk that this window has seen before it was loaded again: what a Deckhand that was killed had kept beside the
 * deck may be older by a step. None for a window that is new, or whose browser keeps nothing.
 */
export function rememberSeen(stage: StageClient): number {
  const key = `deckhand-seen ${location.pathname}${location.search}`;
  const before = take(key);
  let newest: number | undefined;
  // The newest, not the last: this page may hear its server's successor already.
  stage.listen({ stage: ({ version }) => (newest = Math.max(newest ?? 0, version)) });
  addEventListener('pagehide', () => keep(key, newest ?? before));
  return before;
}

function take(key: string): number {
  try {
    const seen = Number(sessionStorage.getItem(key) ?? 0);
    sessionStorage.removeItem(key);
    return seen;
  } catch {
    return 0;
  }
}

function keep(key: string, version: number): void {
  try {
    sessionStorage.setItem(key, String(version));
  } catch {
    // It joins the talk then.
  }
}
