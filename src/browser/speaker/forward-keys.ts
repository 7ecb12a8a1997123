import type { SpeakerKey } from '../deck/speaker-window.ts';

/** Something that lies over the page, and goes away by Escape. */
export interface Box {
  readonly isOpen: boolean;
  close(): void;
}

/** What takes letters, and what takes a key that means "press". */
const TYPED = 'input, textarea, select, [contenteditable=""], [contenteditable="true"]';
const PRESSED = 'button, a[href], summary, [role="button"], [role="tab"]';

/** Keys that mean something to this window: the browser's own, typing, pressing a button. */
function isOurs(event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : document.body;
  const isTyping = target.closest(TYPED) !== null;
  const isPress = (event.key === 'Enter' || event.key === ' ') && target.closest(PRESSED) !== null;
  return isTyping || isPress || event.ctrlKey || event.metaKey || event.altKey || event.key === 'Tab';
}

/** What is open keeps its Escape: in the deck that key shows the overview, to everybody. */
function keepsEscape(boxes: readonly Box[]): boolean {
  const open = boxes.filter(({ isOpen }) => isOpen);
  for (const box of open) box.close();
  return open.length > 0 || document.querySelector('[role="alertdialog"], [popover]:popover-open') !== null;
}

/** The speaker's keys act in the mirror of the current slide, as they would in the main window. */
export function forwardKeys(boxes: readonly Box[] = []): void {
  document.addEventListener('keydown', (event) => {
    // A dialog keeps all keys, and the browser closes it.
    if (event.defaultPrevented || document.querySelector('dialog[open]') !== null) return;
    if (event.key === 'Escape' && keepsEscape(boxes)) event.preventDefault();
    else if (!isOurs(event) && pressKey(event.keyCode)) event.preventDefault();
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
