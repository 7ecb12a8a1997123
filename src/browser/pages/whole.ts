/**
 * The whole program as one script, for a page that was opened from a disk, where a browser loads no modules. A deck in one
 * file is its own speaker view too, with `?view=speaker`.
 */
const page = document.documentElement;
if (new URLSearchParams(location.search).get('view') === 'speaker') becomeSpeakerPage();
fillInFiles();
void (page.classList.contains('speaker-page') ? import('./speaker.ts') : import('./main.ts'));

/** What `toSpeakerPage` (site/page.ts) writes, made of the deck's own page. */
function becomeSpeakerPage(): void {
  page.classList.replace('deck-page', 'speaker-page');
  document.title = `Speaker: ${document.title}`;
  const deck = document.createElement('template');
  deck.id = 'deck';
  deck.innerHTML = document.querySelector('.slides')?.innerHTML ?? '';
  const main = document.createElement('main');
  main.id = 'speaker';
  document.querySelector('.reveal')?.replaceWith(deck, main);
  for (const style of document.querySelectorAll<HTMLStyleElement>('style[data-page]')) {
    style.media = style.dataset['page'] === 'speaker' ? 'all' : 'not all';
  }
}

/** A file that several slides of a deck in one file show stands in it once: see site/inline-files.ts. */
function fillInFiles(): void {
  const files = JSON.parse(window.deckhand.files || '[]') as string[];
  if (files.length === 0) return;
  const template = document.querySelector<HTMLTemplateElement>('template#deck');
  const slides = (template?.content ?? document).querySelectorAll<HTMLElement>(template ? '*' : '.slides *');
  for (const element of slides) {
    for (const [name, value = ''] of Object.entries(element.dataset)) {
      const [, number] = /^deckhand-file:(\d+)$/.exec(value) ?? [];
      if (number !== undefined) element.dataset[name] = files[Number(number)] ?? '';
    }
  }
}
