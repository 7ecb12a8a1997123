import type { Position, StageState } from '../../stage/stage-state.ts';
import type { StageClient } from './stage-client.ts';

/** The newest state of the talk that a window has seen: its version, and where it was. */
export type Seen = Pick<StageState, 'version' | 'position'>;

/**
 * What this window has seen before it was loaded again: what a Deckhand that was killed had kept beside the deck may be older by a step,
 * and so may the address, which reveal.js writes up to a second late. Undefined for a window that is new, or whose browser keeps nothing.
 */
export function rememberSeen(stage: StageClient): Seen | undefined {
  const key = `deckhand-seen ${location.pathname}${location.search}`;
  const before = take(key);
  let newest: Seen | undefined;
  // The newest, not the last: this page may hear its server's successor already.
  stage.listen({
    stage: ({ version, position }) => {
      if (newest === undefined || version >= newest.version) newest = { version, position };
    },
  });
  addEventListener('pagehide', () => keep(key, newest ?? before));
  return before;
}

function take(key: string): Seen | undefined {
  try {
    const seen = sessionStorage.getItem(key);
    sessionStorage.removeItem(key);
    return seen === null ? undefined : toSeen(JSON.parse(seen));
  } catch {
    return undefined;
  }
}

/** Undefined for what another version of Deckhand kept there. */
function toSeen(value: Partial<Seen> | null): Seen | undefined {
  const { version, position } = value ?? {};
  const { h, v, f } = (position ?? {}) as Partial<Position>;
  return [version, h, v, f].every(Number.isInteger) ? (value as Seen) : undefined;
}

function keep(key: string, seen: Seen | undefined): void {
  try {
    if (seen !== undefined) sessionStorage.setItem(key, JSON.stringify(seen));
  } catch {
    // It joins the talk then.
  }
}
