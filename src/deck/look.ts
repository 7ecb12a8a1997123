import type { Compilation, DeckFacts } from './compilation.ts';
import type { Deck, Diagnostic, Look } from './deck.ts';
import { report } from './diagnose.ts';
import { codeStyleElement } from './code-styles.ts';
import { lintMessages } from './lint/messages.ts';
import type { Place } from './messages/message.ts';
import { DEFAULT_THEME, isTheme, THEMES } from './themes.ts';
import { locate } from './text/source.ts';
import { escapeAttribute } from './text/text.ts';

/** What reveal.js may be told by the YAML block, by the name that both have for it. The rest is Deckhand's own to decide. */
export const REVEAL_OPTIONS: readonly string[] = [
  'transition',
  'transitionSpeed',
  'backgroundTransition',
  'controls',
  'controlsLayout',
  'controlsTutorial',
  'controlsBackArrows',
  'progress',
  'slideNumber',
  'hideInactiveCursor',
  'viewDistance',
  'rtl',
];

const STYLE_TAGS = /<style\b[^>]*>[^]*?<\/style\s*>|<link\b[^>]*>/gi;

/** How the deck looks, from its YAML block. An unknown theme is reported, and shown as ours. */
export function readLook(cx: Compilation): Look {
  const { meta } = cx.facts;
  const dir = meta['dir'];
  const theme = readTheme(cx, 'theme') ?? DEFAULT_THEME;
  const opposite = THEMES[theme]?.ground === 'light' ? 'dark' : 'light';
  const center = toFlag(meta['center']);
  return {
    theme,
    projectorTheme: readTheme(cx, 'theme-projector') ?? opposite,
    dir: dir === 'rtl' || dir === 'ltr' ? dir : '',
    fit: meta['fit'] === 'shrink' ? 'shrink' : '',
    ...(typeof center === 'boolean' ? { isCentred: center } : {}),
    reveal: revealOptions(meta),
    styles: [...readCodeStyle(cx), ownStyles(meta)].filter((html) => html !== '').join('\n'),
  };
}

/** HTML of the deck's own style sheets: `css:`, a `theme:` that is a file, and those in `header-includes`. */
export function ownStyles({ theme, css, 'header-includes': included }: DeckFacts['meta']): string {
  const files = [...(isFile(theme) ? [theme] : []), ...textsOf(css)];
  const links = files.map((file) => `<link rel="stylesheet" href="${escapeAttribute(file)}">`);
  return [...links, ...textsOf(included).flatMap((text) => text.match(STYLE_TAGS) ?? [])].join('\n');
}

/** Whether all of `header-includes` is style sheets, which count here; scripts and the like don't. */
export function holdsOnlyStyles(value: unknown): boolean {
  const texts = textsOf(value);
  return texts.length > 0 && texts.every((text) => text.replace(STYLE_TAGS, '').trim() === '');
}

/** All HTML of a deck: its own styles, then its slides. */
export function htmlOf({ look, stacks }: Pick<Deck, 'look' | 'stacks'>): string {
  return [look.styles, ...stacks].join('\n');
}

function readTheme(cx: Compilation, key: 'theme' | 'theme-projector'): string | undefined {
  const theme = cx.facts.meta[key];
  if (theme === undefined || theme === null || (key === 'theme' && isFile(theme))) return undefined;
  if (typeof theme === 'string' && isTheme(theme)) return theme;
  reportUnknown(cx, key, lintMessages.unknownTheme);
  return undefined;
}

/** Says of a key's value that there is no such thing, at its place in the YAML block. */
function reportUnknown(
  cx: Compilation,
  key: string,
  toMessage: (place: Place, name: string) => Diagnostic,
): void {
  const value = cx.facts.meta[key];
  const name = typeof value === 'string' ? value : JSON.stringify(value);
  const place = locate(cx.source, `${key}: ${name}`, 1, 100);
  report(cx, toMessage({ ...place, length: key.length }, name));
}

/** `highlight-style:`, before the deck's own style sheets, which win. */
function readCodeStyle(cx: Compilation): string[] {
  const style = cx.facts.meta['highlight-style'];
  if (style === undefined || style === null) return [];
  const element = typeof style === 'string' ? codeStyleElement(style) : undefined;
  if (element !== undefined) return [element];
  reportUnknown(cx, 'highlight-style', lintMessages.unknownCodeStyle);
  return [];
}

function isFile(theme: unknown): theme is string {
  return typeof theme === 'string' && theme.endsWith('.css');
}

function textsOf(value: unknown): string[] {
  return [value].flat().filter((text) => typeof text === 'string');
}

function revealOptions(meta: Record<string, unknown>): Look['reveal'] {
  const options: Look['reveal'] = {};
  for (const name of REVEAL_OPTIONS) {
    const value = toFlag(meta[name]);
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      options[name] = value;
  }
  return options;
}

/** pandoc's template takes `"false"` in quotes as well. */
function toFlag(value: unknown): unknown {
  if (value === 'true') return true;
  return value === 'false' ? false : value;
}
