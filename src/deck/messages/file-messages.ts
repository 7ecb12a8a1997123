import { error, warning, type Place } from './message.ts';

/** About files that are there and that nobody gets to see, and about code that stands in them or runs. */
export const fileMessages = {
  notHandedOut: (place: Place, path: string, why: string) =>
    warning(
      'not-handed-out',
      place,
      `"${path}" ${why}: it is neither shown nor published.`,
      'Put the file itself beside the deck, under a name without a dot in front.',
    ),
  missingInFile: (place: Place, path: string, name: string) =>
    warning(
      'missing-in-file',
      place,
      `"${path}" names "${name}", which is not a file.`,
      `Check the path: it is relative to "${path}".`,
    ),
  codeFileMissing: (place: Place, path: string) =>
    warning(
      'code-file-missing',
      place,
      `There is no file "${path}" that this code could be taken from.`,
      'The slide shows what is in the fence. Write the path as it is from the deck’s folder, or from the one above.',
    ),
  codeLinesMissing: (place: Place, path: string, lines: string) =>
    warning(
      'code-lines-missing',
      place,
      `"${path}" has no lines "${lines}".`,
      'Write the first and the last line, as in lines="10-20". The slide shows what is in the fence.',
    ),
  codeDiffers: (place: Place, path: string, line: number) =>
    warning(
      'code-differs',
      place,
      `"${path}" says something else than this fence, from line ${line} of the deck on.`,
      'The slide shows the file. Copy its lines into the fence, so that pandoc shows them too.',
    ),
  runWithoutDemo: (place: Place) =>
    warning(
      'run-without-demo',
      place,
      'This code names no demo to run in.',
      'Write where it runs: {.bash .run demo="NAME"}.',
    ),
  noInterpreter: (place: Place, demo: string, language: string) =>
    error(
      'no-interpreter',
      place,
      `"${demo}" does not say what runs "${language}".`,
      `Say it in its project: x-demo: {run: {${language}: COMMAND}}. The code comes on the command's input.`,
    ),
};
