import type { RevealApi } from 'reveal.js';
import { APP_KEY, SHELL_ESCAPE } from '../app-key.ts';

/** What reveal.js does on a key that means the same to it: by its key code. */
const MEANING: Record<string, number> = {
  PageDown: 34,
  PageUp: 33,
  b: 66,
  '.': 190,
  // Shutter buttons for phones are clickers too, where the browser is given these keys.
  AudioVolumeUp: 34,
  AudioVolumeDown: 33,
};
/** Keys that no field of a panel needs: the clicker has them wherever the focus is. */
const CLICKER = ['PageDown', 'PageUp', 'F5', 'AudioVolumeUp', 'AudioVolumeDown'];

/**
 * The clicker works wherever the focus is: a terminal, a box to type in, an app. Escape gives the keys back without opening the
 * overview. F5, with which clickers begin, is full screen and never a reload.
 */
export function listenToClicker(deck: RevealApi): void {
  window.addEventListener('keydown', (event) => hearKey(deck, event), { capture: true });
  document.addEventListener(APP_KEY, (event) => {
    if (event instanceof CustomEvent) press(deck, String(event.detail));
  });
  deck.registerKeyboardShortcut('F5', 'Full screen');
  deck.registerKeyboardShortcut('Volume up, volume down', 'Next, back');
}

function hearKey(deck: RevealApi, event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const focused = focusedInPanel();
  const shell = focused?.closest('shell-view');
  if (event.key === 'Escape' && shell !== null && shell !== undefined) {
    event.stopPropagation();
    event.preventDefault();
    shell.dispatchEvent(new Event(SHELL_ESCAPE));
    return;
  }
  if (event.key === 'Escape' && focused !== undefined) {
    focused.blur();
    event.stopPropagation();
    return;
  }
  if (!CLICKER.includes(event.key)) return;
  focused?.blur();
  event.preventDefault();
  event.stopPropagation();
  press(deck, event.key);
}

/** Does what a key of the clicker means. */
export function press(deck: RevealApi, key: string): void {
  const meaning = MEANING[key];
  if (meaning !== undefined) deck.triggerKey(meaning);
  else if (key === 'F5' && document.fullscreenElement === null) deck.triggerKey(FULL_SCREEN);
}

const FULL_SCREEN = 70;

function focusedInPanel(): HTMLElement | undefined {
  const { activeElement } = document;
  return activeElement instanceof HTMLElement && activeElement.closest('.demo, .cast') !== null
    ? activeElement
    : undefined;
}
