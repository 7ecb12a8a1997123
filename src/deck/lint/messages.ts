import { CODE_STYLE_NAMES } from '../code-styles.ts';
import type { Place } from '../messages/message.ts';
import { error, warning } from '../messages/message.ts';
import { THEME_NAMES } from '../themes.ts';

/** What the linter says (`demo-messages.ts` has what it says of panels): a code that stays, what happened, and what to write instead. */
export const lintMessages = {
  attributesAreText: (place: Place, word: string) =>
    warning(
      'attributes-are-text',
      place,
      `The braces are shown as text: "${word}" is neither .class, #id nor key=value.`,
      `Write .${word}, #${word} or ${word}="true".`,
    ),
  attributesNowhere: (place: Place) =>
    warning(
      'attributes-nowhere',
      place,
      'These braces belong to nothing and are shown as text.',
      'Put them right behind a heading’s text, an image, a link, code or [text], without a space.',
    ),
  noBlankLine: (place: Place, what: string) =>
    warning(
      'no-blank-line',
      place,
      `This ${what} is read as text of the paragraph above it.`,
      `Put a blank line before the ${what}.`,
    ),
  headingNeedsSpace: (place: Place, hashes: string) =>
    warning(
      'heading-needs-space',
      place,
      `"${hashes}" without a space after it is text, not a heading.`,
      `Write "${hashes} " with a space.`,
    ),
  extraDivEnd: (place: Place) =>
    warning(
      'extra-div-end',
      place,
      'This ":::" closes no div and is shown as text.',
      'Delete it, or open a div above it: "::: {.name}".',
    ),
  unclosedFence: (place: Place) =>
    warning(
      'unclosed-fence',
      place,
      'This code fence is never closed, so it is not a code block.',
      'Close it with a line of at least as many of the same marks.',
    ),
  notesWentNowhere: (place: Place) =>
    warning(
      'lost-notes',
      place,
      'Attributes {.notes} here make no speaker notes: the audience sees this.',
      'Write "::: notes", the notes, and ":::".',
    ),
  duplicateId: (place: Place, id: string, first: number) =>
    error(
      'duplicate-id',
      place,
      `The id "${id}" is already taken in line ${first}.`,
      'Give one of the two another id: links go to the first only.',
    ),

  brokenLink: (place: Place, id: string) =>
    error(
      'broken-link',
      place,
      `No slide or element has the id "${id}".`,
      'Link to the id of a heading, as in [text](#its-words-with-dashes).',
    ),
  missingReference: (place: Place, key: string) =>
    warning(
      'missing-reference',
      place,
      `There is no link definition "[${key}]: …", so this is text.`,
      `Add a line "[${key}]: https://…", or write [text](address).`,
    ),
  missingFootnote: (place: Place, label: string) =>
    error(
      'missing-footnote',
      place,
      `There is no footnote "[^${label}]: …".`,
      `Add "[^${label}]: its text" after a blank line.`,
    ),
  unusedFootnote: (place: Place, label: string) =>
    warning(
      'unused-footnote',
      place,
      `Nothing refers to the footnote "[^${label}]", so it is not shown.`,
      `Put [^${label}] where it belongs, or delete it.`,
    ),
  emptyTarget: (place: Place, what: 'link' | 'picture') =>
    error(
      'empty-target',
      place,
      `This ${what} has no address.`,
      what === 'link' ? 'Write [text](address).' : 'Write ![text](file).',
    ),

  slideWithoutTitle: (place: Place) =>
    warning(
      'slide-without-title',
      place,
      "This slide has no title, so a screen reader can't announce it.",
      'Give it a heading; {.visually-hidden} on it keeps it off the screen.',
    ),
  pictureWithoutText: (place: Place) =>
    warning(
      'picture-without-text',
      place,
      'This picture has no alternative text.',
      'Say what it shows: ![what it shows](file), or ![](file){alt="what it shows"}.',
    ),
  slideInDiv: (place: Place) =>
    warning(
      'slide-in-div',
      place,
      'A heading inside a div starts a slide that reveal.js does not see, because the div is around it.',
      'Close the div before the heading.',
    ),
  onlyNotesAfterPause: (place: Place) =>
    warning(
      'pause-before-notes',
      place,
      'Only speaker notes follow this pause, so it is not a step.',
      'Delete the ". . .", or put something after it.',
    ),
  notesTwice: (place: Place) =>
    warning(
      'notes-twice',
      place,
      'The notes in this slide’s attribute don’t show: the slide has a "::: notes" as well.',
      'Move them into the "::: notes".',
    ),
  notesNotShown: (place: Place) =>
    warning(
      'notes-not-shown',
      place,
      'Notes in an attribute show for slides and fragments only.',
      'Write them on the slide’s heading, or in a "::: notes" on the slide.',
    ),
  badTime: (place: Place, key: string, value: string) =>
    warning(
      'bad-time',
      place,
      `"${value}" is not a duration that Deckhand understands.`,
      `Write ${key} as minutes or on a clock: 45m, 90s, 1h30m, 1:30.`,
    ),

  unknownTheme: (place: Place, name: string) =>
    warning(
      'unknown-theme',
      place,
      `There is no theme "${name}".`,
      `Write one of ${THEME_NAMES}, or the name of a CSS file.`,
    ),
  unknownCodeStyle: (place: Place, name: string) =>
    warning(
      'unknown-highlight-style',
      place,
      `There is no highlight-style "${name}".`,
      `Write one of ${CODE_STYLE_NAMES.join(', ')}; or set the colours in a style sheet: css:.`,
    ),
  variableWithoutEffect: (place: Place, name: string) =>
    warning(
      'variable-without-effect',
      place,
      `"${name}" has an effect in pandoc, and none in Deckhand.`,
      'Leave it for pandoc, or take it out. For looks, write theme: or css:.',
    ),
  incrementalInYaml: (place: Place) =>
    warning(
      'variable-without-effect',
      place,
      '"incremental" is an option of pandoc\'s command line, and has no effect in the YAML block.',
      'Put the lists that come in steps into ::: incremental.',
    ),
  scriptDoesNotRun: (place: Place) =>
    warning(
      'script-does-not-run',
      place,
      'Scripts of a deck do not run in Deckhand.',
      'Show the result as a picture, a video or an iframe.',
    ),
  handlerDoesNotRun: (place: Place, name: string) =>
    warning('script-does-not-run', place, `"${name}" does not run: scripts of a deck don't.`, 'Take it out.'),
  notEmbedded: (place: Place, name: string) =>
    warning('not-embedded', place, `<${name}> is not shown in Deckhand.`, 'Use <img>, <video> or <iframe>.'),
  playsAtOnce: (place: Place) =>
    warning(
      'plays-at-once',
      place,
      'This plays when the page loads, not when its slide is shown.',
      'Write data-autoplay instead of autoplay.',
    ),
};
