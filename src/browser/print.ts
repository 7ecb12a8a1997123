import type { RevealApi } from 'reveal.js';
import type { PageData } from '../stage/page-data.ts';

/** Makes reveal's print pages complete and readable by machines; sets `data-print-ready` when they are. */
export async function preparePrint(deck: RevealApi, page: PageData): Promise<void> {
  await new Promise<void>((resolve) => {
    if (document.querySelector('.pdf-page') !== null) resolve();
    deck.on('pdf-ready', () => resolve());
  });
  if (document.querySelector('.demo') !== null) {
    const { printPanels } = await import('./panel/print-panels.ts');
    await printPanels(page.demos);
  }
  unhideSlides();
  pointLinksAtSlides();
  const broken = await loadPictures();
  document.documentElement.dataset['brokenPictures'] = JSON.stringify(broken);
  await document.fonts.ready;
  document.documentElement.dataset['printReady'] = '';
}

/** reveal.js leaves all but one slide hidden from assistive technology, and so from the PDF's tags and outline. */
function unhideSlides(): void {
  for (const section of document.querySelectorAll('.pdf-page section')) {
    for (const name of ['hidden', 'aria-hidden', 'inert']) section.removeAttribute(name);
  }
}

/** `#/id` means something to reveal.js; in a PDF a link's target is an id. */
function pointLinksAtSlides(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[href^="#/"]')) {
    const id = link.getAttribute('href')?.slice(2) ?? '';
    if (document.getElementById(id) !== null) link.setAttribute('href', `#${id}`);
  }
}

/** Waits for every picture; returns those that could not be loaded. */
async function loadPictures(): Promise<string[]> {
  const broken: string[] = [];
  const decode = async (image: HTMLImageElement) => {
    image.loading = 'eager';
    await image.decode().catch(() => broken.push(image.getAttribute('src') ?? image.dataset['src'] ?? '?'));
  };
  await Promise.all([...document.querySelectorAll<HTMLImageElement>('.pdf-page img')].map(decode));
  return broken;
}
