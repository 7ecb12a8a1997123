import type { TooWide } from '../../stage/print-report.ts';

/** What is drawn smaller can't be read. */
const SMALLEST = 0.4;
/** Halvings of the range: within a percent. */
const TRIES = 7;

/**
 * Gives a full slide the room above its title. One that asks for it (`fit: shrink` in the deck, `{fit=shrink}` on its heading) is
 * drawn no higher than the screen.
 */
export function fitHeight(section: HTMLElement): TooWide[] {
  section.style.removeProperty('--fit');
  const asked = section.dataset['fit'] ?? section.closest<HTMLElement>('.reveal')?.dataset['fit'];
  const isTooHigh = () => section.scrollHeight > section.clientHeight + 1;
  // The room above a title is the first to go.
  section.classList.remove('is-full');
  if (isTooHigh()) section.classList.add('is-full');
  if (asked !== 'shrink' || section.clientHeight === 0 || !isTooHigh()) return [];
  const pixels = section.scrollHeight - section.clientHeight;
  let [fits, tooLarge] = [SMALLEST, 1];
  for (let i = 0; i < TRIES; i += 1) {
    const scale = (fits + tooLarge) / 2;
    section.style.setProperty('--fit', String(scale));
    if (isTooHigh()) tooLarge = scale;
    else fits = scale;
  }
  section.style.setProperty('--fit', String(fits));
  return [{ what: 'slide', pixels, scale: fits }];
}
