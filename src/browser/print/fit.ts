import { SLIDE } from '../../stage/print-layout.ts';

/** What is shrunk more can't be read. */
const SMALLEST = 0.5;

/** Gives what has no size of its own the size that it has on the screen, where reveal.js measures. */
export function fitSlide(section: HTMLElement): void {
  for (const text of section.querySelectorAll<HTMLElement>('.r-fit-text')) fitText(text);
  for (const element of section.querySelectorAll<HTMLElement>(':scope > .r-stretch, :scope > .stretch')) {
    stretch(section, element);
  }
  // On the screen one scrolls; on paper there is only what can be seen.
  for (const list of section.querySelectorAll<HTMLElement>('.dockerfile-lines')) shrinkLines(list);
  for (const code of section.querySelectorAll<HTMLElement>('pre')) {
    if (code.scrollWidth > code.clientWidth + 1) code.classList.add('wrapped');
  }
}

/** By how many pixels the content is higher than the page. */
export function overflowOf(section: HTMLElement): number {
  const over = section.scrollHeight - section.clientHeight;
  return over > 1 ? over : 0;
}

/** As wide as the slide, and no higher than most of it. */
function fitText(text: HTMLElement): void {
  text.style.display = 'inline-block';
  text.style.whiteSpace = 'nowrap';
  text.style.fontSize = '100px';
  const room = (text.parentElement?.clientWidth ?? SLIDE.width) - 40;
  const size = Math.min((room / text.scrollWidth) * 100, SLIDE.height * 0.8);
  text.style.fontSize = `${Math.max(24, size)}px`;
}

/** As high as what the rest of the slide leaves. */
function stretch(section: HTMLElement, element: HTMLElement): void {
  element.style.height = '0';
  const { height } = section.style;
  section.style.height = 'auto';
  const room = Math.max(0, SLIDE.height - section.offsetHeight);
  section.style.height = height;
  const [width, full] = naturalSize(element);
  if (width > 0 && full > 0) {
    const scale = Math.min(section.clientWidth / width, room / full);
    element.style.width = `${width * scale}px`;
    element.style.height = `${full * scale}px`;
    element.style.maxHeight = 'none';
  } else element.style.height = `${room}px`;
}

function naturalSize(element: HTMLElement): [number, number] {
  if (element instanceof HTMLImageElement) return [element.naturalWidth, element.naturalHeight];
  if (element instanceof HTMLVideoElement) return [element.videoWidth, element.videoHeight];
  return [0, 0];
}

function shrinkLines(list: HTMLElement): void {
  for (let zoom = 0.95; list.scrollHeight > list.clientHeight + 1 && zoom >= SMALLEST; zoom -= 0.05) {
    list.style.zoom = String(zoom);
  }
}
