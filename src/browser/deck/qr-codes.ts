import { loadPart } from '../load-part.ts';

/** Only a whole address leads a phone anywhere: `#/2` and `file.pdf` are on the speaker's laptop. */
const WHOLE = /^[a-z][a-z0-9+.-]*:/i;

/** Draws a link that asks for it, `[example.org](https://example.org){.qr}`, as a code that phones read, above its text. */
export async function drawQrCodes(root: ParentNode): Promise<void> {
  const isAsked = (link: HTMLAnchorElement) => WHOLE.test(link.getAttribute('href') ?? '');
  const links = [...root.querySelectorAll<HTMLAnchorElement>('a.qr')].filter(isAsked);
  if (links.length === 0) return;
  const draw = await loadQrPictures();
  for (const link of links) {
    // A save may have had it drawn meanwhile.
    if (link.querySelector('.qr-code') !== null) continue;
    const picture = draw(link.href);
    if (picture === undefined) continue;
    picture.className = 'qr-code';
    link.prepend(picture);
  }
}

/** What makes a picture of an address; undefined for one that is longer than a code can hold. */
export async function loadQrPictures(): Promise<(address: string) => HTMLImageElement | undefined> {
  const { renderSVG } = await loadPart(() => import('uqr'));
  return (address) => {
    const picture = document.createElement('img');
    picture.alt = `QR code: ${address}`;
    try {
      picture.src = `data:image/svg+xml,${encodeURIComponent(renderSVG(address, { border: 2 }))}`;
    } catch {
      return undefined;
    }
    return picture;
  };
}
