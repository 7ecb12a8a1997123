import type { RevealApi } from 'reveal.js';
import type { PageData } from '../../stage/page-data.ts';

/** `S` opens the speaker view in a window of its own, or brings it to the front. */
export function openSpeakerOnKey(deck: RevealApi, page: PageData): void {
  let speaker: Window | null = null;
  const open = () => {
    if (speaker !== null && !speaker.closed) return speaker.focus();
    speaker = window.open(page.site?.speaker ?? '/speaker', 'deckhand-speaker', 'width=1200,height=800');
  };
  deck.addKeyBinding({ keyCode: 83, key: 'S', description: 'Speaker view' }, open);
}

/** A key pressed in the speaker view, told to its mirror of the current slide. */
export interface SpeakerKey {
  type: 'deckhand-key';
  keyCode: number;
}

/**
 * Keys pressed in the speaker view act in its mirror, which tells the stage as the main window would. As a message: opened
 * from a disk, two pages may not reach into each other.
 */
export function takeKeysFromSpeaker(deck: RevealApi): void {
  addEventListener('message', ({ data, source }: MessageEvent<SpeakerKey>) => {
    if (source === parent && data.type === 'deckhand-key') deck.triggerKey(data.keyCode);
  });
}
