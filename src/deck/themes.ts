interface Theme {
  /** `base` needs no style sheet of its own; the others' are made by the build. */
  from: 'base' | 'ours' | 'reveal.js';
  ground: 'dark' | 'light';
}

const DARK: Theme = { from: 'reveal.js', ground: 'dark' };
const LIGHT: Theme = { from: 'reveal.js', ground: 'light' };

/** What `theme:` may name: ours, then reveal.js's own as pandoc has them. */
export const THEMES: Readonly<Record<string, Theme>> = {
  dark: { from: 'base', ground: 'dark' },
  light: { from: 'ours', ground: 'light' },
  /** The browser's own setting chooses. */
  auto: { from: 'ours', ground: 'dark' },
  beige: LIGHT,
  black: DARK,
  'black-contrast': DARK,
  blood: DARK,
  dracula: DARK,
  league: DARK,
  moon: DARK,
  night: DARK,
  serif: LIGHT,
  simple: LIGHT,
  sky: LIGHT,
  solarized: LIGHT,
  white: LIGHT,
  'white-contrast': LIGHT,
};

export const DEFAULT_THEME = 'dark';

/** For messages. */
export const THEME_NAMES = Object.keys(THEMES).join(', ');

export function isTheme(name: string): boolean {
  return Object.hasOwn(THEMES, name);
}
