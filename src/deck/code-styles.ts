/** Colours of a code block: its ground, plain text, comments, keywords, strings, titles, numbers, types, what a diff takes out, line numbers. */
const PROPERTIES = [
  'block-ground',
  'ink',
  'dim',
  'keyword',
  'string',
  'title',
  'number',
  'type',
  'gone',
  'line',
] as const;

/** What `highlight-style:` may name: pandoc's own, in their palettes, a colour for each property. */
const CODE_STYLES: Readonly<Record<string, string>> = {
  pygments: '#f8f8f8 #1b1b1b #4f7f8b #007020 #4070a0 #06287e #2f7d5b #902000 #a00000 #76767c',
  tango: '#f8f8f8 #1b1b1b #8f5902 #204a87 #3f7a05 #5c3566 #0000cf #204a87 #a40000 #76767c',
  kate: '#ffffff #1f1c1b #6f6e6d #1f1c1b #bf0303 #644a9b #8a6200 #0057ae #bf0303 #767676',
  haddock: '#ffffff #1b1b1b #007a00 #0000ff #007a7a #1b1b1b #1b1b1b #1b1b1b #d00000 #767676',
  monochrome: '#ffffff #1b1b1b #666666 #1b1b1b #1b1b1b #1b1b1b #1b1b1b #1b1b1b #1b1b1b #767676',
  espresso: '#2a211c #bdae9d #5c9bff #43a8ed #3fbf45 #ff9358 #5fc75f #43a8ed #ff8a80 #8f8273',
  zenburn: '#303030 #dcdccc #8fb28f #f0dfaf #cc9393 #efef8f #8cd0d3 #dfdfbf #e3a6a6 #9f9f8f',
  breezedark: '#232629 #cfcfc2 #9a9c9d #fdbc4b #f46b6b #c792ea #f6a560 #4fa6ed #f08a8a #8a8c8d',
};

export const CODE_STYLE_NAMES: readonly string[] = Object.keys(CODE_STYLES);

/** The element that gives a deck's code these colours; undefined for a name that there isn't. */
export function codeStyleElement(name: string): string | undefined {
  const key = name.toLowerCase();
  const colours = Object.hasOwn(CODE_STYLES, key) ? CODE_STYLES[key] : undefined;
  if (colours === undefined) return undefined;
  const rules = colours.split(' ').map((colour, index) => `--code-${PROPERTIES[index] ?? ''}:${colour}`);
  const text = '.reveal .slides pre :is(code, code span:not([class^="hljs"])){color:var(--code-ink)}';
  return `<style>.reveal .slides pre{${rules.join(';')}}${text}</style>`;
}
