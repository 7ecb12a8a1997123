import type { Check, ScreenFacts } from '../../stage/preflight.ts';

/** Slides are laid out for 4:3 and larger; below this they are hard to read from a row away. */
const LEAST = { width: 1024, height: 700 };
const MAX_ZOOM_OFF = 0.05;

/** What the deck's windows said of themselves. `url` is where the deck is. */
export function checkScreens(screens: readonly ScreenFacts[], url: string): Check {
  const name = 'screen';
  const decks = screens.filter(({ page }) => page === 'deck');
  const what = decks.map(describe).join('; ');
  if (decks.length === 0) {
    const next = `Open ${url} on the projector, and look again.`;
    return { name, state: 'amber', what: 'no window of the deck is open', next };
  }
  const zoomed = decks.find(({ zoom }) => Math.abs(zoom - 1) > MAX_ZOOM_OFF);
  if (zoomed !== undefined)
    return { name, state: 'amber', what, next: 'Set the zoom back in that window: Ctrl+0, or Cmd+0.' };
  const small = decks.find(({ width, height }) => width < LEAST.width || height < LEAST.height);
  if (small !== undefined)
    return { name, state: 'amber', what, next: 'Make that window larger: F in it fills the screen.' };
  return { name, state: 'green', what, next: '' };
}

function describe({ width, height, screenWidth, screenHeight, zoom }: ScreenFacts): string {
  const fills = width >= screenWidth && height >= screenHeight;
  const size = fills ? 'the whole screen' : `in a window, the screen has ${screenWidth}×${screenHeight}`;
  return `${width}×${height}, ${size}, zoom ${Math.round(zoom * 100)} %`;
}
