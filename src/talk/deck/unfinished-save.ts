import type { Deck, Slide } from '../../deck/deck.ts';
import type { Position } from '../../stage/stage-state.ts';

/** What was read of the deck's file, and when first, in ms. */
export interface Save {
  text: string;
  deck: Deck;
  at: number;
}

/** An editor or a slow disk that writes piece by piece leaves the beginning of the text there, or nothing. */
const CUT_OFF_MS = 1000;
/** Without the slide that shows, the audience would see another one. */
const SLIDE_GONE_MS = 400;

/** How long a save must have stayed as it is to be believed, in ms. */
export function toDoubt(
  before: { text: string; slides: readonly Slide[] },
  { text, deck }: Save,
  position: Position,
): number {
  if (text.trim() === '' || before.text.startsWith(text.trimEnd())) return CUT_OFF_MS;
  const here = before.slides.find(({ h, v }) => h === position.h && v === position.v);
  const isThere = deck.slides.some((slide) =>
    here === undefined || here.id === ''
      ? slide.h === position.h && slide.v === position.v
      : slide.id === here.id,
  );
  return isThere || deck.diagnostics.some(({ severity }) => severity === 'error') ? 0 : SLIDE_GONE_MS;
}
