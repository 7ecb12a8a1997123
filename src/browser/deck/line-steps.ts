const STEPPED = 'pre code[data-line-numbers]';

/**
 * `data-line-numbers="1|3-5"` lights some lines of code after the other. Each step after the first is an empty fragment, so
 * that Next drives it; the lines stand in elements of their own since the deck was compiled. As in reveal.js,
 * `data-fragment-index` is the first such step's place among the slide's other fragments, and the next steps follow it.
 */
export function addLineSteps(root: ParentNode): void {
  numberLines(root);
  placeCodeFragments(root);
  for (const code of root.querySelectorAll<HTMLElement>(STEPPED)) {
    if (code.querySelector('.line-step') !== null) continue;
    const [first, ...rest] = (code.dataset['lineNumbers'] ?? '').split('|');
    const index = indexOfSteps(code);
    for (const [i, lines] of rest.entries()) {
      const step = document.createElement('span');
      step.className = 'fragment line-step';
      step.dataset['lines'] = lines;
      if (!Number.isNaN(index)) step.dataset['fragmentIndex'] = String(index + i);
      step.ariaHidden = 'true';
      code.append(step);
    }
    light(code, first ?? '');
  }
}

/** `data-ln-start-from`: the number of the first line. */
export function numberLines(root: ParentNode): void {
  for (const code of root.querySelectorAll<HTMLElement>(`${STEPPED}[data-ln-start-from]`)) {
    const start = Number.parseInt(code.dataset['lnStartFrom'] ?? '', 10);
    if (!Number.isNaN(start)) code.style.counterReset = `source-line ${start - 1}`;
  }
}

/** pandoc writes a block's classes onto its `pre`, and its attributes onto the `div` around that. */
function placeCodeFragments(root: ParentNode): void {
  for (const pre of root.querySelectorAll<HTMLElement>('.sourceCode[data-fragment-index] > pre.fragment')) {
    const index = pre.parentElement?.dataset['fragmentIndex'];
    if (index !== undefined) pre.dataset['fragmentIndex'] ??= index;
  }
}

/** Where the block's own steps begin; a block that comes as a step itself is lit after that. */
function indexOfSteps(code: HTMLElement): number {
  const block = code.closest<HTMLElement>(':is(code, pre, .sourceCode)[data-fragment-index]');
  const index = Number.parseInt(block?.dataset['fragmentIndex'] ?? '', 10);
  return code.closest('pre.fragment') === null ? index : index + 1;
}

/** Lights the lines of the last step that was taken. */
export function lightLines(slide: HTMLElement): void {
  for (const code of slide.querySelectorAll<HTMLElement>(STEPPED)) {
    const shown = [...code.querySelectorAll<HTMLElement>('.line-step.visible')].at(-1);
    light(code, shown?.dataset['lines'] ?? code.dataset['lineNumbers']?.split('|')[0] ?? '');
  }
}

/** Brings the lit lines to the middle of a block that is higher than its room; their beginning, where they are higher. */
export function scrollToLit(slide: HTMLElement): void {
  for (const code of slide.querySelectorAll<HTMLElement>(STEPPED)) {
    const box = code.closest('pre');
    if (box === null || box.scrollHeight <= box.clientHeight) continue;
    const lit = code.querySelectorAll<HTMLElement>('.line:not(.dimmed)');
    const [first, last] = [lit[0], lit[lit.length - 1]];
    if (first === undefined || last === undefined) continue;
    // In the slide's own pixels, however large it is drawn.
    const scale = box.getBoundingClientRect().height / box.offsetHeight;
    const top = (first.getBoundingClientRect().top - box.getBoundingClientRect().top) / scale + box.scrollTop;
    const height = (last.getBoundingClientRect().bottom - first.getBoundingClientRect().top) / scale;
    box.scrollTo({ top: top + Math.min(height, box.clientHeight - 2 * MARGIN) / 2 - box.clientHeight / 2 });
  }
}

/** What stays between a lit line and the block's edge. */
const MARGIN = 24;

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
