import type { Place } from './message.ts';
import { error, warning } from './message.ts';

/**
 * Every message of the compiler and the linter: a code that stays, what happened, and what to write instead.
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
  unclosedDiv: (place: Place) =>
    error(
      'unclosed-div',
      place,
      'This div is never closed: it swallows everything after it.',
      'Close it with a line ":::" and a blank line before it.',
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
      'This code fence is never closed, so it is no code block.',
      'Close it with a line of at least as many of the same marks.',
    ),
  unclosedHtmlDiv: (place: Place) =>
    error(
      'unclosed-div',
      place,
      'This <div> is never closed: it swallows everything after it.',
      'Close it with </div>.',
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

  // References.
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
  missingPicture: (place: Place, path: string) =>
    error(
      'missing-picture',
      place,
      `There is no file "${path}".`,
      'Check the path: it is relative to the deck, or to the folder above it.',
    ),
  missingLinkTarget: (place: Place, path: string) =>
    error(
      'missing-link-target',
      place,
      `The link goes to "${path}", which is no file.`,
      'Check the path: it is relative to the deck, or to the folder above it.',
    ),
  emptyTarget: (place: Place, what: 'link' | 'picture') =>
    error(
      'empty-target',
      place,
      `This ${what} has no address.`,
      what === 'link' ? 'Write [text](address).' : 'Write ![text](file).',
    ),

  // Demos.
  demoWithoutName: (place: Place) =>
    error(
      'demo-without-name',
      place,
      'This panel does not say which demo it shows.',
      'Write ::: {.demo name="…"}.',
    ),
  unknownDemo: (place: Place, name: string, known: readonly string[]) =>
    error(
      'unknown-demo',
      place,
      `There is no demo "${name}".`,
      known.length > 0
        ? `Demos of this deck: ${known.join(', ')}.`
        : 'Make a folder demos/' + name + ' with a compose.yaml.',
    ),
  unknownView: (place: Place, demo: string, view: string, known: readonly string[]) =>
    error(
      'unknown-view',
      place,
      `The demo "${demo}" has no view "${view}".`,
      `Its views: ${known.join(', ')}.`,
    ),
  unknownStep: (place: Place, step: string) =>
    error('unknown-step', place, `A panel can't be asked to "${step}".`, 'Steps are: build, start, stop.'),

  // Slides.
  slideWithoutTitle: (place: Place) =>
    warning(
      'slide-without-title',
      place,
      'This slide has no title: a screen reader has nothing to announce.',
      'Give it a heading; {.visually-hidden} on it keeps it off the screen.',
    ),
  pictureWithoutText: (place: Place) =>
    warning(
      'picture-without-text',
      place,
      'This picture has no alternative text.',
      'Say what it shows: ![what it shows](file), or ![](file){alt="what it shows"}.',
    ),
  slideOverflows: (place: Place, title: string, pixels: number) =>
    error(
      'slide-overflows',
      place,
      `The slide "${title}" is ${pixels} px higher than its page.`,
      'Split it with a new "##", or take something out.',
    ),
  slideInDiv: (place: Place) =>
    warning(
      'slide-in-div',
      place,
      'A heading inside a div starts a slide that reveal.js does not see, because the div stands around it.',
      'Close the div before the heading.',
    ),
  onlyNotesAfterPause: (place: Place) =>
    warning(
      'pause-before-notes',
      place,
      'Nothing but speaker notes follows this pause, so it is no step.',
      'Delete the ". . .", or put something after it.',
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
