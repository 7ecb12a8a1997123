/** What a change of the stage may hold: asked by the schema, and by the controls that make such changes. */

/** Speeds of a recording; 1 is as it was recorded. */
export const SLOWEST = 0.5;
export const FASTEST = 16;

export const PEN_COLOURS = ['red', 'yellow', 'green', 'blue'] as const;
