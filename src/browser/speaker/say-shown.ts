import { SHOWN_EVERY_MS } from '../../stage/fallback.ts';
import type { CallApi } from '../stage/api.ts';

/** Tells Deckhand that a speaker can be asked in this window, as long as it shows. */
export function sayShown(call: CallApi): void {
  const id = `${Date.now()}-${Math.random()}`;
  const say = (isShown: boolean) => {
    // Said again soon; the page says by itself when Deckhand does not answer.
    call('POST', '/stage/speaker', { id, isShown }).catch(() => {});
  };
  const isVisible = () => document.visibilityState === 'visible';
  say(isVisible());
  setInterval(() => isVisible() && say(true), SHOWN_EVERY_MS);
  document.addEventListener('visibilitychange', () => say(isVisible()));
  addEventListener('pagehide', () => say(false));
  addEventListener('pageshow', () => say(isVisible()));
}
