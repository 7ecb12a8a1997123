import { listCharacters } from '../text/list-characters.ts';
import { error, warning, type Place } from './message.ts';

/** What a browser finds when it lays the slides out (`check --layout`): an error is cut off, a warning was made to fit. */
export const layoutMessages = {
  slideOverflows: (place: Place, title: string, pixels: number) =>
    error(
      'slide-overflows',
      place,
      `The slide "${title}" is ${pixels} px higher than its page.`,
      'Split it with a new "##", take something out, or let it shrink: {fit=shrink} behind its title.',
    ),
  slideTooWide: (place: Place, title: string, pixels: number) =>
    error(
      'slide-too-wide',
      place,
      `The slide "${title}" is ${pixels} px wider than its page, and cut off there.`,
      'Give what is too wide a width in per cent, or take something out.',
    ),
  slideShrunk: (place: Place, title: string, pixels: number, percent: number) =>
    warning(
      'slide-shrunk',
      place,
      `The slide "${title}" is ${pixels} px higher than its page, and drawn at ${percent} % of its size.`,
      'Split it with a new "##", or take something out.',
    ),
  tableShrunk: (place: Place, title: string, pixels: number, percent: number) =>
    warning(
      'table-too-wide',
      place,
      `A table on the slide "${title}" is ${pixels} px wider than the slide, and drawn at ${percent} % of its size.`,
      'Shorten its words, or leave out a column.',
    ),
  codeWraps: (place: Place, title: string, pixels: number) =>
    warning(
      'code-too-wide',
      place,
      `A line of code on the slide "${title}" is ${pixels} px wider than the slide, and goes on below.`,
      'Break the line where you want it.',
    ),
  missingGlyphs: (place: Place, title: string, characters: readonly string[]) =>
    warning(
      'missing-glyphs',
      place,
      `No font here has ${listCharacters(characters)} on the slide "${title}": a box is drawn instead.`,
      'Install a font that has them, such as Noto (fonts-noto-cjk, fonts-noto-color-emoji).',
    ),
};
