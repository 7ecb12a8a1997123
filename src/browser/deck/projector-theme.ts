import type { RevealApi } from 'reveal.js';
import type { StageClient } from '../stage/stage-client.ts';

/** The key for the room that turns out brighter, or darker, than the author thought. */
const SWITCH = { keyCode: 89, key: 'Y', description: 'The other theme, for a bright or dark room' };

/** Lets Y switch all of the speaker's screens between the deck's theme and its other one. Both addresses stand in the page's head. */
export function switchThemes(deck: RevealApi, stage: StageClient): void {
  const other = document.querySelector<HTMLMetaElement>('meta[name="deckhand-projector-theme"]');
  if (other === null) return;
  const sheets: { own: HTMLLinkElement | null; other: HTMLLinkElement | undefined } = {
    own: document.querySelector('head link[data-theme]'),
    other: undefined,
  };
  deck.addKeyBinding(SWITCH, () => {
    const isOn = stage.state.isOtherTheme !== true;
    void stage.change({ type: 'theme', isOther: isOn }).catch(() => {});
  });
  const show = (isOther: boolean) => {
    if (isOther && other.content !== '') sheets.other ??= addSheet(other.content, sheets.own);
    // The one goes when the other is there: nobody sees a slide without either.
    if (sheets.other !== undefined) sheets.other.media = isOther ? 'all' : 'not all';
    if (sheets.own !== null) sheets.own.media = isOther ? 'not all' : 'all';
  };
  stage.listen({ stage: ({ isOtherTheme }) => show(isOtherTheme === true) });
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
