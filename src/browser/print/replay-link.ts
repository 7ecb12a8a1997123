import type { DemoSummary } from '../../demo/demo-summary.ts';
import { loadQrPictures } from '../deck/qr-codes.ts';
import type { PrintSlide } from './slides.ts';

/** Beside each panel that shows a recording: a link to the published deck's slide, where it replays, and the same as a QR code. */
export async function addReplayLinks(
  slides: readonly PrintSlide[],
  demos: readonly DemoSummary[],
  site: string | undefined,
): Promise<void> {
  if (site === undefined) return;
  const draw = await loadQrPictures();
  for (const { section, position } of slides) {
    const name = section.querySelector<HTMLElement>('.demo')?.dataset['name'];
    if (demos.find((demo) => demo.name === name)?.recording === undefined) continue;
    const address = `${site.replace(/(?:#.*|\/)$/, '')}/#/${section.id || position}`;
    section.append(toLink(address, draw(address)));
    section.classList.add('has-replay-link');
  }
}

function toLink(address: string, picture: HTMLImageElement | undefined): HTMLElement {
  const link = document.createElement('a');
  link.className = 'replay-link';
  link.href = address;
  link.append('Replay', ...(picture === undefined ? [] : [picture]));
  return link;
}
