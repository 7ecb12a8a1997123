import { warning, type Place } from './message.ts';

/** About files that are there and that nobody gets to see. */
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
};
