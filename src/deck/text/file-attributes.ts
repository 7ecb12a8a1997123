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
  track: ['src'],
  iframe: ['src', 'data-src'],
  embed: ['src', 'data-src'],
  object: ['data'],
  // A panel that plays a recording.
  div: ['data-src'],
  // Style sheets and icons.
  link: ['href'],
  // In an SVG drawing.
  image: ['href', 'xlink:href'],
  feimage: ['href', 'xlink:href'],
};

/** How an attribute's value names files: as it is, as a list, as a `srcset`, or in CSS. */
export type Naming = 'one' | 'list' | 'srcset' | 'css';

/** Undefined for attributes that name no file. A link's `href` is none: nothing is shown of it. */
export function namingOf(tag: string, attribute: string): Naming | undefined {
  if (attribute === 'style') return 'css';
  if (attribute === 'srcset' || attribute === 'data-srcset') return 'srcset';
  if (FILE_ATTRIBUTES.includes(attribute)) return 'list';
  const names = Object.hasOwn(FILE_TAGS, tag) ? FILE_TAGS[tag] : undefined;
  return names?.includes(attribute) === true ? 'one' : undefined;
}

/** What a name of a file becomes; undefined leaves it as it is. */
export type ReplaceName = (name: string) => string | undefined;

/** Replaces the files that an attribute's value names. */
export function replaceNames(naming: Naming, value: string, replace: ReplaceName): string {
  switch (naming) {
    case 'one':
      return replace(value.trim()) ?? value;
    case 'list':
      // A gradient holds commas and no file; `url(…)` is CSS as well.
      if (value.includes('(')) return replaceCssNames(value, replace);
      return value
        .split(',')
        .map((one) => replace(one.trim()) ?? one)
        .join(',');
    case 'srcset':
      // An address ends at a space, not at a comma. https://html.spec.whatwg.org/multipage/images.html#parsing-a-srcset-attribute
      return value.replace(
        /([^\s,]\S*[^\s,]|[^\s,])((?:\s+[^\s,][^,]*)?\s*(?:,|$))/g,
        (_, name: string, rest: string) => `${replace(name) ?? name}${rest}`,
      );
    case 'css':
      return replaceCssNames(value, replace);
  }
}

/** `url(…)` with or without quotes, and the style sheet that `@import` names in quotes alone. */
const CSS_NAME =
  /(url\(\s*)(?:"([^"\n]*)"|'([^'\n]*)'|([^"'()\s]+))(\s*\))|(@import\s+)(?:"([^"\n]*)"|'([^'\n]*)')/gi;

/** Replaces the files that a style sheet, or a piece of one, names. */
export function replaceCssNames(css: string, replace: ReplaceName): string {
  return css.replace(CSS_NAME, (whole, open: string | undefined, ...found: (string | undefined)[]) => {
    const [a, b, c, close, at, d, e] = found;
    const name = a ?? b ?? c ?? d ?? e ?? '';
    const next = name === '' ? undefined : replace(name);
    if (next === undefined) return whole;
    const quoted = `"${next.replaceAll('"', '%22')}"`;
    return open === undefined ? `${at ?? ''}${quoted}` : `${open}${quoted}${close ?? ')'}`;
  });
}
