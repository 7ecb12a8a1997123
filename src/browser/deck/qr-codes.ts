import { loadPart } from '../load-part.ts';

/** Draws a link that asks for it, `[example.org](https://example.org){.qr}`, as a code that phones read, above its text. */
export async function drawQrCodes(root: ParentNode): Promise<void> {
  const links = [...root.querySelectorAll<HTMLAnchorElement>('a.qr[href]:not(:has(> .qr-code))')];
  if (links.length === 0) return;
  const { renderSVG } = await loadPart(() => import('uqr'));
  for (const link of links) {
    const picture = document.createElement('img');
    picture.className = 'qr-code';
    picture.alt = `QR code: ${link.href}`;
    try {
      picture.src = `data:image/svg+xml,${encodeURIComponent(renderSVG(link.href, { border: 2 }))}`;
    } catch {
      // More than a code can hold: it stays a link.
      continue;
    }
    link.prepend(picture);
  }
}
