import { fragmentSteps } from '../deck/fragment-steps.ts';
import { addLineSteps, lightLines } from '../deck/line-steps.ts';

/** What such a fragment shows comes later, or goes: on a page with all steps done, all of it can be read. */
const STARTS_SHOWN = '.fade-out, .semi-fade-out, .current-visible, .fade-in-then-out, .fade-in-then-semi-out';

/** All steps done, and nothing gone that was shown on the way. */
export function showAllSteps(section: HTMLElement): void {
  for (const fragment of section.querySelectorAll('.fragment')) {
    if (!fragment.matches(STARTS_SHOWN)) fragment.classList.add('visible');
  }
}

/** A copy of the slide's box for each step, the first one before any: what the audience saw one after the other. */
export function toSteps(box: HTMLElement): HTMLElement[] {
  addLineSteps(box);
  const count = shownSteps(box).length;
  return Array.from({ length: count + 1 }, (_, step) => {
    const copy = box.cloneNode(true) as HTMLElement;
    copy.classList.add('in-steps');
    for (const [at, group] of shownSteps(copy).entries()) {
      for (const fragment of group) {
        fragment.classList.toggle('visible', at < step);
        fragment.classList.toggle('current-fragment', at === step - 1);
      }
    }
    lightLines(copy);
    // A link's target is the slide's first page.
    if (step > 0) for (const element of copy.querySelectorAll('[id]')) element.removeAttribute('id');
    return copy;
  });
}

/** The steps that change what is on the slide; a demo's are done by its recording. */
function shownSteps(box: HTMLElement): HTMLElement[][] {
  return fragmentSteps(box.querySelectorAll<HTMLElement>('.fragment:not(.demo-step)'));
}
