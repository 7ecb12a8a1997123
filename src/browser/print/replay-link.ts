import type { DemoSummary } from '../../demo/demo-summary.ts';
import type { PrintSlide } from './slides.ts';

/** Beside each panel that shows a recording: a link to the published deck's slide, where it replays, and the same as a QR code. */
export async function addReplayLinks(
  slides: readonly PrintSlide[],
  demos: readonly DemoSummary[],
  site: string | undefined,
): Promise<void> {
  if (site === undefined) return;
  const { renderSVG } = await import('uqr');
  for (const { section, position } of slides) {
    const name = section.querySelector<HTMLElement>('.demo')?.dataset['name'];
    if (demos.find((demo) => demo.name === name)?.recording === undefined) continue;
    const address = `${site.replace(/(?:#.*|\/)$/, '')}/#/${section.id || position}`;
    section.append(toLink(address, renderSVG(address, { border: 2 })));
    section.classList.add('has-replay-link');
  }
}

function toLink(address: string, code: string): HTMLElement {
  const link = document.createElement('a');
  link.className = 'replay-link';
  link.href = address;
  const picture = document.createElement('img');
  picture.src = `data:image/svg+xml,${encodeURIComponent(code)}`;
  picture.alt = `QR code: ${address}`;
  link.append('Replay', picture);
  return link;
}
