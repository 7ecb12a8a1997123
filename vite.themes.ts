import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { THEMES } from './src/deck/themes.ts';

/** What reveal.js's themes fetch from the web, which a stage may not have, from packages. */
const FONTS: Record<string, string[]> = {
  Lato: ['400', '400-italic', '700', '700-italic'],
  Montserrat: ['700'],
  'News Cycle': ['400', '700'],
  'Open Sans': ['400', '400-italic', '700', '700-italic'],
  Quicksand: ['400', '700'],
  Ubuntu: ['300', '300-italic', '700'],
};

const OURS = fileURLToPath(new URL('src/browser/style/themes/', import.meta.url));
const THEIRS = /\/reveal\.js\/dist\/theme\/([\w-]+)\.css$/;

/** The style sheet of each theme, by the name that its file gets. */
export const THEME_INPUTS: Record<string, string> = Object.fromEntries(
  Object.entries(THEMES).flatMap(([name, { from }]) => {
    if (from === 'base') return [];
    return [
      [
        `theme-${name}`,
        from === 'ours' ? `${OURS}${name}.css` : `node_modules/reveal.js/dist/theme/${name}.css`,
      ],
    ];
  }),
);

/**
 * Of reveal.js's themes only what tells them apart: fonts and variables. The rules that use the variables are the same in
 * each, and stand in our own style sheet, which knows panels and paper too.
 */
export const revealThemes = {
  name: 'reveal-themes',
  enforce: 'pre' as const,
  load: (id: string) => {
    const name = THEIRS.exec(id)?.[1];
    return name === undefined
      ? undefined
      : toTheme(readFileSync(id, 'utf8'), THEMES[name]?.ground === 'light');
  },
};

function toTheme(css: string, isLight: boolean): string {
  const families = [...css.matchAll(/@import\s*"[^"]*\?family=([^:"]+)/g)].map(([, name = '']) =>
    name.replaceAll('+', ' '),
  );
  const fonts = families.flatMap((family) => {
    const weights = FONTS[family];
    if (weights === undefined)
      throw new Error(`reveal.js has a theme in ${family}: add its package to FONTS`);
    const folder = `@fontsource/${family.toLowerCase().replaceAll(' ', '-')}`;
    return weights.map((weight) => `@import '${folder}/${weight}.css';`);
  });
  const faces = css.match(/@font-face\s*\{[^}]*\}/g) ?? [];
  const variables = css.match(/:root\s*\{[^}]*\}/g) ?? [];
  const panels = isLight ? [`@import '${OURS}light-panels.css';`] : [];
  return [...fonts, `@import '${OURS}foreign.css';`, ...panels, ...faces, ...variables].join('\n');
}
