import { whenAnswered } from './when-answered.ts';

/** A page that doesn't come in so many loads says so. */
const MAX_LOADS = 4;
/** Who waits longer than this is told what for, in ms. */
const TELL_MS = 2000;

const key = `deckhand-loads ${location.pathname}${location.search}`;

/** The page is there: what was lost before is forgotten. */
export function hasCome(): void {
  keepCount(0);
  document.getElementById('deckhand-lost')?.remove();
}

/**
 * Loads the page again: a browser may keep a module that was lost as lost. Never while nobody answers: the browser's own error page
 * would stay.
 */
export async function comeAgain(error: unknown, isPublished: boolean): Promise<void> {
  const loads = readCount() + 1;
  if (loads >= MAX_LOADS || !keepCount(loads)) {
    keepCount(0);
    const what = error instanceof Error ? error.message : String(error);
    return say('This page did not load completely.', what);
  }
  const waiting = setTimeout(
    () => say('Nobody answers at this address.', 'The page loads as soon as somebody does.'),
    TELL_MS,
  );
  // A published page may ask nobody.
  if (!isPublished) await whenAnswered();
  clearTimeout(waiting);
  location.reload();
}

function readCount(): number {
  try {
    return Number(sessionStorage.getItem(key) ?? 0);
  } catch {
    return 0;
  }
}

/** False where the browser keeps nothing: then nobody would count, and the page load for ever. */
function keepCount(count: number): boolean {
  try {
    if (count === 0) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, String(count));
    return true;
  } catch {
    return false;
  }
}

/** With its looks in itself: style sheets may be what was lost. */
function say(what: string, why: string): void {
  document.getElementById('deckhand-lost')?.remove();
  const box = document.createElement('div');
  box.id = 'deckhand-lost';
  box.setAttribute('role', 'alert');
  box.style.cssText =
    'position:fixed;inset:auto 0 0;z-index:9999;padding:1em;font:18px/1.4 sans-serif;color:#fff;background:#7a1f2b';
  const button = document.createElement('button');
  button.textContent = 'Load again';
  button.style.cssText = 'font:inherit;margin-left:1em';
  button.addEventListener('click', () => location.reload());
  box.append(`${what} ${why}`, button);
  document.body.append(box);
  addEventListener('online', () => location.reload(), { once: true });
}
