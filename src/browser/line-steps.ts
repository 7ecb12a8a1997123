import type { RevealApi } from 'reveal.js';

const STEPPED = 'pre code[data-line-numbers]';

/**
 * `data-line-numbers="1|3-5"` lights some lines of code after the other. Each step after the first is an empty fragment, so
 * that Next drives it; the lines stand in elements of their own since the deck was compiled.
 */
export function addLineSteps(root: ParentNode): void {
  for (const code of root.querySelectorAll<HTMLElement>(STEPPED)) {
    if (code.querySelector('.line-step') !== null) continue;
    const [first, ...rest] = (code.dataset['lineNumbers'] ?? '').split('|');
    for (const lines of rest) {
      const step = document.createElement('span');
      step.className = 'fragment line-step';
      step.dataset['lines'] = lines;
      step.ariaHidden = 'true';
      code.append(step);
    }
    light(code, first ?? '');
  }
}

/** Keeps the lit lines in step with the slide that shows. */
export function followLineSteps(deck: RevealApi): void {
  const follow = () => lightLines(deck.getCurrentSlide());
  for (const event of ['slidechanged', 'fragmentshown', 'fragmenthidden']) deck.on(event, follow);
  follow();
}

/** Lights the lines of the last step that was taken. */
export function lightLines(slide: HTMLElement): void {
  for (const code of slide.querySelectorAll<HTMLElement>(STEPPED)) {
    const shown = [...code.querySelectorAll<HTMLElement>('.line-step.visible')].at(-1);
    light(code, shown?.dataset['lines'] ?? code.dataset['lineNumbers']?.split('|')[0] ?? '');
  }
}

function light(code: HTMLElement, ranges: string): void {
  const lit = toLines(ranges);
  for (const [i, line] of code.querySelectorAll('.line').entries()) {
    line.classList.toggle('dimmed', lit.size > 0 && !lit.has(i + 1));
  }
}

/** `1,3-5` as the numbers in it; empty for all lines. */
function toLines(ranges: string): Set<number> {
  const lines = new Set<number>();
  for (const range of ranges.split(',')) {
    const [from, to] = range.split('-').map((number) => Number.parseInt(number, 10));
    if (from === undefined || Number.isNaN(from)) continue;
    const last = Math.min(to === undefined || Number.isNaN(to) ? from : to, from + 10_000);
    for (let line = from; line <= last; line += 1) lines.add(line);
  }
  return lines;
}
