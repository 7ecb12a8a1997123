/** Attributes of any element that name files; reveal.js takes several, separated by commas. */
export const FILE_ATTRIBUTES = [
  'data-background-image',
  'background-image',
  'data-background-video',
  'background-video',
  'data-background-iframe',
  'background-iframe',
];

/** Attributes that name the file which an element shows. */
export const FILE_TAGS: Record<string, string[]> = {
  img: ['src', 'data-src'],
  video: ['src', 'data-src', 'poster'],
  audio: ['src', 'data-src'],
  source: ['src', 'data-src'],
  iframe: ['src', 'data-src'],
  embed: ['src', 'data-src'],
  object: ['data'],
  // A panel that plays a recording.
  div: ['data-src'],
};
