import type { RevealApi } from 'reveal.js';

const ATTRIBUTES = ['src', 'data-src', 'poster', 'data', 'href'];
const BACKGROUNDS = ['data-background-image', 'data-background-video', 'data-background-iframe'];
/** Another address is another file to a browser; the server ignores it. */
const MARK = 'deckhand-save';

/** Shows files of the slides again whose content is another now; `files` are their addresses, decoded. */
export function refreshFiles(deck: RevealApi, files: readonly string[]): void {
  const names = new Set(files);
  const mark = `${MARK}=${Date.now()}`;
  const refresh = (element: Element, attribute: string): boolean => {
    const value = element.getAttribute(attribute) ?? '';
    const [path = ''] = value.split(/[?#]/, 1);
    if (path === '' || !names.has(addressOf(path))) return false;
    element.setAttribute(attribute, `${path}?${mark}`);
    return true;
  };
  for (const attribute of ATTRIBUTES) {
    // The deck's own style sheets stand before its slides.
    const selector = attribute === 'href' ? 'body link[href]' : `.slides [${attribute}]`;
    for (const element of document.querySelectorAll(selector)) {
      if (!refresh(element, attribute)) continue;
      if (element.parentElement instanceof HTMLMediaElement) element.parentElement.load();
    }
  }
  for (const slide of document.querySelectorAll<HTMLElement>('.slides section')) {
    if (!BACKGROUNDS.map((attribute) => refresh(slide, attribute)).includes(true)) continue;
    deck.syncSlide(slide);
    if (!slide.hidden) deck.loadSlide(slide);
  }
}

/** An address without the mark. */
export function withoutMark(address: string): string {
  return address.replace(new RegExp(`\\?${MARK}=\\d+$`), '');
}

function addressOf(path: string): string {
  if (!URL.canParse(path, document.baseURI)) return '';
  const { origin, pathname } = new URL(path, document.baseURI);
  if (origin !== location.origin) return '';
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}
