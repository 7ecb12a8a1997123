import type { RevealApi } from 'reveal.js';
import type { Messages } from '../messages.ts';
import { ApiError, type CallApi } from '../stage/api.ts';

/** Opens the deck in its author's editor, at a slide or a line. What can't be done shows as a message. */
export type OpenInEditor = (place: { h: number; v: number } | { line: number }) => void;

export function createEditorOpener(call: CallApi, messages: Messages): OpenInEditor {
  return (place) => {
    messages.clear('editor');
    call('POST', '/editor', place).catch((error: unknown) => {
      if (!(error instanceof ApiError)) throw error;
      messages.show('editor', { what: error.problem.detail, hint: error.problem.hint });
    });
  };
}

/** Alt+E opens the slide that shows, and Alt+click the slide that was clicked. */
export function openSlidesInEditor(deck: RevealApi, openInEditor: OpenInEditor): void {
  const openSlide = (slide: HTMLElement) => {
    const { h, v } = deck.getIndices(slide);
    openInEditor({ h, v: v ?? 0 });
  };
  window.addEventListener('keydown', (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.code !== 'KeyE') return;
    event.preventDefault();
    openSlide(deck.getCurrentSlide());
  });
  document.querySelector('.reveal .slides')?.addEventListener('click', (event) => {
    if (!(event instanceof MouseEvent) || !event.altKey || !(event.target instanceof Element)) return;
    event.preventDefault();
    const slide = event.target.closest<HTMLElement>('section:not(.stack)');
    if (slide !== null) openSlide(slide);
  });
  deck.registerKeyboardShortcut('Alt+E, Alt+click', 'Open the slide in your editor');
}
