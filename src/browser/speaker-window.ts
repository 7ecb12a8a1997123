import type { RevealApi } from 'reveal.js';

/** `S` opens the speaker view in a window of its own, or brings it to the front. */
export function openSpeakerOnKey(deck: RevealApi): void {
  let speaker: Window | null = null;
  const open = () => {
    if (speaker !== null && !speaker.closed) return speaker.focus();
    speaker = window.open('/speaker', 'deckhand-speaker', 'width=1200,height=800');
  };
  deck.addKeyBinding({ keyCode: 83, key: 'S', description: 'Speaker view' }, open);
}

/** What the speaker view's window calls in its mirror of the current slide. */
export interface MirrorWindow extends Window {
  deckhandKeys?: (keyCode: number) => void;
}

/** Keys pressed in the speaker view act in its mirror, which tells the stage as the main window would. */
export function takeKeysFromSpeaker(deck: RevealApi): void {
  (window as MirrorWindow).deckhandKeys = (keyCode) => deck.triggerKey(keyCode);
}
