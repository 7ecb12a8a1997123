/** What a letter takes a person who types well, in ms. */
const LETTER_MS = 60;

/** Ms before the next letter: uneven, as hands are, and the same each time, so that a rehearsal is as long as the talk. */
export function pauseAfter(before: string, letter: string): number {
  const seed = ((before.codePointAt(0) ?? 7) * 31 + (letter.codePointAt(0) ?? 0) * 17) % 10;
  return LETTER_MS * (0.4 + seed / 9 + (before === ' ' ? 0.5 : 0));
}
