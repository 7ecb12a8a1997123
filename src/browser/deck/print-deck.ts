import type { RevealApi } from 'reveal.js';

/** How long printing waits for pictures of slides that were not near. */
const PATIENCE_MS = 10_000;

/**
 * The browser's own printing gets every slide, not the one that shows: style/printed-deck.css puts each on a page. What reveal.js
 * loads only near its slide is loaded first; printing from the browser's menu can't wait for it.
 */
export function printEverySlide(deck: RevealApi, isAsked: boolean): void {
  const print = () => void loadEverySlide(deck).then(() => window.print());
  window.addEventListener(
    'keydown',
    (event) => {
      const isPrint = event.key.toLowerCase() === 'p' && (event.ctrlKey || event.metaKey);
      if (!isPrint || event.shiftKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      print();
    },
    { capture: true },
  );
  let putBack = () => {};
  window.addEventListener('beforeprint', () => {
    void loadEverySlide(deck);
    putBack = showEverySlide(deck);
  });
  window.addEventListener('afterprint', () => putBack());
  if (isAsked) print();
}

/** `?print-pdf` asks for paper, as it does in reveal.js; whose own pages, one for each step, are not made. To be called before it starts. */
export function takePrintWord(): boolean {
  const address = new URL(location.href);
  if (!/print-pdf/i.test(address.search)) return false;
  address.search = '';
  history.replaceState(null, '', address);
  return true;
}

async function loadEverySlide(deck: RevealApi): Promise<void> {
  for (const slide of deck.getSlides()) deck.loadSlide(slide);
  const pictures = [...document.querySelectorAll<HTMLImageElement>('.reveal .slides img[src]')];
  const loads = pictures
    .filter((image) => !image.complete)
    .map(
      (image) =>
        new Promise((resolve) => {
          image.addEventListener('load', resolve, { once: true });
          image.addEventListener('error', resolve, { once: true });
        }),
    );
  await Promise.race([Promise.all(loads), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
}

/** Every slide, with what reveal.js keeps behind all of them. Returns what takes that back. */
function showEverySlide(deck: RevealApi): () => void {
  const root = document.documentElement;
  // To reveal.js's style sheet it is the word for a page that somebody else has made ready.
  root.classList.add('print-pdf');
  const undo = deck.getSlides().map((slide) => {
    const { display } = slide.style;
    slide.style.display = 'block';
    const copy = deck.getSlideBackground(slide)?.cloneNode(true);
    if (copy instanceof HTMLElement) {
      copy.className = 'printed-background';
      copy.style.display = 'block';
      slide.prepend(copy);
    }
    return () => {
      slide.style.display = display;
      if (copy instanceof HTMLElement) copy.remove();
    };
  });
  return () => {
    root.classList.remove('print-pdf');
    for (const one of undo) one();
  };
}
