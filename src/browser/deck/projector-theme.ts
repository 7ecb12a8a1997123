import type { RevealApi } from 'reveal.js';
import type { StageClient } from '../stage/stage-client.ts';

/** The key for the room that turns out brighter, or darker, than the author thought. */
const SWITCH = { keyCode: 89, key: 'Y', description: 'The other theme, for a bright or dark room' };

/** Lets Y switch all of the speaker's screens between the deck's theme and its other one. Both addresses stand in the page's head. */
export function switchThemes(deck: RevealApi, stage: StageClient): void {
  const other = document.querySelector<HTMLMetaElement>('meta[name="deckhand-projector-theme"]');
  if (other === null) return;
  const own = document.querySelector<HTMLLinkElement>('head link[data-theme]');
  let sheet: HTMLLinkElement | undefined;
  let isOther = false;
  deck.addKeyBinding(SWITCH, () => {
    const change = { type: 'theme', isOther: stage.state.isOtherTheme !== true } as const;
    void stage.change(change).catch(() => {});
  });
  const show = () => {
    if (sheet !== undefined) sheet.media = isOther ? 'all' : 'not all';
    if (own !== null) own.media = isOther ? 'not all' : 'all';
    // Terminals take their colours from it by hand.
    document.documentElement.dataset['shownTheme'] = isOther ? 'other' : 'own';
  };
  stage.listen({
    stage: ({ isOtherTheme }) => {
      isOther = isOtherTheme === true;
      if (!isOther || other.content === '' || sheet !== undefined) return show();
      sheet = addSheet(other.content, own);
      // The deck's own goes when the other is there: nobody sees a slide without either.
      sheet.addEventListener('load', show);
      sheet.addEventListener('error', () => {
        sheet?.remove();
        sheet = undefined;
      });
    },
  });
}

/** Where the deck's own theme stands: what comes after it, such as the deck's `css:`, still counts. */
function addSheet(address: string, own: HTMLLinkElement | null): HTMLLinkElement {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = address;
  if (own === null) document.head.append(link);
  else own.after(link);
  return link;
}
