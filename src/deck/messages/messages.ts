import type { Place } from './message.ts';
import { error, warning } from './message.ts';

/**
 * What compiling can say (`lint/messages.ts` has what the linter does): a code that stays, what happened, and what to write instead.
 * An error is a deck that does not show what was meant for sure; a warning is a doubt.
 */

const start: Place = { line: 1, column: 1 };

export const messages = {
  // The file as a whole.
  missingFile: (path: string) =>
    error(
      'missing-file',
      start,
      `There is no file "${path}".`,
      'Check the path, or run the command in the deck’s folder.',
    ),
  unreadableFile: (path: string, reason: string) =>
    error(
      'unreadable-file',
      start,
      `"${path}" can't be read: ${reason}.`,
      'Give the path of a Markdown file.',
    ),
  notUtf8: (place: Place) =>
    error('not-utf8', place, 'This byte is not valid UTF-8.', 'Save the file as UTF-8 in your editor.'),
  emptyDeck: () =>
    error(
      'empty-deck',
      start,
      'The deck is empty: there is nothing to show.',
      'Start with a slide: "## Hello".',
    ),
  tooBig: (megabytes: number, limit: number) =>
    error(
      'too-big',
      start,
      `The deck has ${megabytes} MB of text; the limit is ${limit} MB.`,
      'Keep pictures and recordings in files of their own, and name them in the deck.',
    ),
  tooDeep: (place: Place) =>
    error(
      'too-deep',
      place,
      'Quotes, lists or divs are nested too deeply here; the rest is shown as plain text.',
      'Take out levels: a slide rarely needs more than three.',
    ),
  badYaml: (place: Place, reason: string) =>
    error(
      'bad-yaml',
      place,
      `The YAML block does not parse: ${reason}.`,
      'Quote values that hold ": " or start with @, %, [ or {.',
    ),
  yamlNotMapping: (place: Place) =>
    error(
      'yaml-not-mapping',
      place,
      'This "---" opens a YAML block, but what follows is not "key: value", so its text is lost.',
      'For a rule between slides, leave a blank line after "---".',
    ),

  // What pandoc swallows in silence.
  unclosedDiv: (place: Place) =>
    error(
      'unclosed-div',
      place,
      'This div is never closed: it swallows everything after it.',
      'Close it with a line ":::" and a blank line before it.',
    ),
  unclosedHtmlDiv: (place: Place) =>
    error(
      'unclosed-div',
      place,
      'This <div> is never closed: it swallows everything after it.',
      'Close it with </div>.',
    ),
  // References.
  missingPicture: (place: Place, path: string) =>
    error(
      'missing-picture',
      place,
      `There is no file "${path}".`,
      'Check the path: it is relative to the deck, or to the folder above it.',
    ),
  brokenCast: (place: Place, path: string, reason: string) =>
    error(
      'broken-cast',
      place,
      `The recording "${path}" can't be played: ${reason}.`,
      'Record it again, or export it as asciicast version 1, 2 or 3.',
    ),
  doubtfulCast: (place: Place, path: string, reason: string) =>
    warning(
      'doubtful-cast',
      place,
      `Not all of the recording "${path}" can be played: ${reason}.`,
      'Record it again, or cut out what is broken.',
    ),
  missingLinkTarget: (place: Place, path: string) =>
    error(
      'missing-link-target',
      place,
      `The link goes to "${path}", which is not a file.`,
      'Check the path: it is relative to the deck, or to the folder above it.',
    ),
  badMath: (place: Place, reason: string) =>
    error(
      'bad-math',
      place,
      `KaTeX can't set this formula: ${reason}.`,
      'Check the TeX; the formula is shown as it was written.',
    ),
  badSlideLevel: (place: Place, value: string) =>
    error(
      'bad-slide-level',
      place,
      `"slide-level: ${value}" is not a heading level.`,
      'Write a number from 1 to 6.',
    ),
};
