import type { SpeakerKey } from '../speaker-window.ts';

/** Keys that mean something to this window: the browser's own, and typing. */
function isOurs(event: KeyboardEvent): boolean {
  const { target } = event;
  const isTyping = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
  const isPress = target instanceof HTMLButtonElement && (event.key === 'Enter' || event.key === ' ');
  return isTyping || isPress || event.ctrlKey || event.metaKey || event.altKey || event.key === 'Tab';
}

/** The speaker's keys act in the mirror of the current slide, as they would in the main window. */
export function forwardKeys(): void {
  document.addEventListener('keydown', (event) => {
    const isDialog = document.querySelector('dialog[open]') !== null;
    if (!isDialog && !isOurs(event) && pressKey(event.keyCode)) event.preventDefault();
  });
}

/** Presses a key in the mirror of the current slide; false when there is none. */
export function pressKey(keyCode: number): boolean {
  const frame = document.querySelector<HTMLIFrameElement>('iframe.current');
  // To any origin: a page from a disk has none, and a key is no secret.
  const key: SpeakerKey = { type: 'deckhand-key', keyCode };
  frame?.contentWindow?.postMessage(key, '*');
  return frame !== null;
}
