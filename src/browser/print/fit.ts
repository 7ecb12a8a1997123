import { SLIDE } from '../../stage/print-layout.ts';
import type { TooWide } from '../../stage/print-report.ts';
import { fitHeight } from '../deck/fit-height.ts';
import { fitTables } from '../deck/fit-width.ts';

/** What is shrunk more can't be read. */
const SMALLEST = 0.5;
const SMALLEST_CODE = 0.4;

/** Gives what has no size of its own the size that it has on the screen, where scripts measure. Says what was too wide. */
export function fitSlide(section: HTMLElement, { steps }: { steps: boolean }): TooWide[] {
  for (const text of section.querySelectorAll<HTMLElement>('.r-fit-text')) fitText(text);
  // On the screen one scrolls; on paper there is only what can be seen.
  for (const list of section.querySelectorAll<HTMLElement>('.dockerfile-lines')) shrink(list, SMALLEST);
  const stepped = "pre:has(code[data-line-numbers*='|'])";
  if (!steps) for (const code of section.querySelectorAll<HTMLElement>(stepped)) shrink(code, SMALLEST_CODE);
  return [...fitTables(section), ...wrappedCode(section), ...fitHeight(section)];
}

/** By how many pixels the content is higher and wider than the page. */
export function overflowOf(section: HTMLElement): { overflow: number; overflowX: number } {
  const beyond = (pixels: number) => (pixels > 1 ? pixels : 0);
  return {
    overflow: beyond(section.scrollHeight - section.clientHeight),
    overflowX: beyond(section.scrollWidth - section.clientWidth),
  };
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

function shrink(box: HTMLElement, smallest: number): void {
  for (let zoom = 0.95; box.scrollHeight > box.clientHeight + 1 && zoom >= smallest; zoom -= 0.05) {
    box.style.zoom = String(zoom);
  }
}

/** Code with a line that goes on below because it is longer than its slide. */
function wrappedCode(section: HTMLElement): TooWide[] {
  return [...section.querySelectorAll<HTMLElement>('pre')].flatMap((pre) => {
    pre.classList.add('unwrapped');
    const pixels = pre.scrollWidth - pre.clientWidth;
    pre.classList.remove('unwrapped');
    return pixels > 1 ? [{ what: 'code' as const, pixels, scale: 1 }] : [];
  });
}
