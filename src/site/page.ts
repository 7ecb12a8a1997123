import type { Deck } from '../deck/deck.ts';
import type { PageData, PrintData } from '../stage/page-data.ts';
import { escapeHtml } from './escape-html.ts';
import { namePictures } from './name-pictures.ts';

/** Addresses of one entry's bundled files, as the build's manifest names them. */
export interface EntryAssets {
  script: string;
  styles: string[];
  /** Scripts that the entry imports: fetched at once, not one after the other. */
  preload: string[];
  /** KaTeX's style sheet, for decks with math; empty when it is among `styles`. */
  mathStyle: string;
}

/** What a page needs of a deck; the audience gets one without what is the speaker's. */
export type PageDeck = Pick<Deck, 'title' | 'lang' | 'authors' | 'stacks' | 'hasMath'>;

/** The deck's page: its slides are in the HTML, with nothing to be fetched before they can be shown. */
export function toDeckPage(deck: PageDeck, assets: EntryAssets, data: PageData): string {
  return toPage({ ...deckParts(deck), data, head: servedHead(withMath(deck, assets)) });
}

/**
 * The page that becomes the PDF. Its slides stand in a template: they are laid out once, on the sheets that its script makes,
 * and no animated picture starts to play before it is stopped.
 */
export function toPrintPage(
  deck: Deck,
  assets: EntryAssets,
  { demos, drawings }: Pick<PrintData, 'demos' | 'drawings'>,
): string {
  const { site } = deck.meta;
  const data: PrintData = { demos, drawings, site: typeof site === 'string' ? site : undefined };
  const head = servedHead(withMath(deck, assets));
  const slides = deck.stacks.map(namePictures).join('\n');
  const body = `<template id="deck">\n${slides}\n</template><div class="reveal"><div class="slides"></div></div>`;
  return toPage({ deck, title: deck.title, body, className: 'deck-page print-page', data, head });
}

/** The speaker view; its slides stand in a template, for their notes and titles. */
export function toSpeakerPage(deck: Deck, assets: EntryAssets, data: PageData): string {
  return toPage({ ...speakerParts(deck), data, head: servedHead(assets) });
}

export function deckParts(deck: PageDeck): Omit<PageParts, 'data' | 'head'> {
  const slides = deck.stacks.map(namePictures).join('\n');
  const body = `<div class="reveal"><div class="slides">\n${slides}\n</div></div>`;
  return { deck, title: deck.title, body, className: 'deck-page' };
}

export function speakerParts(deck: Deck): Omit<PageParts, 'data' | 'head'> {
  const body = `<template id="deck">\n${deck.stacks.join('\n')}\n</template><main id="speaker"></main>`;
  return { deck, title: `Speaker: ${deck.title}`, body, className: 'speaker-page' };
}

function withMath(deck: PageDeck, assets: EntryAssets): EntryAssets {
  return deck.hasMath ? { ...assets, styles: [...assets.styles, assets.mathStyle], mathStyle: '' } : assets;
}

export function servedHead({ styles, script, preload, mathStyle }: EntryAssets): string[] {
  return [
    '<link rel="icon" href="/favicon.svg" type="image/svg+xml">',
    // Asked for without the cookie that lets in, unless it says so.
    '<link rel="manifest" href="/manifest.webmanifest" crossorigin="use-credentials">',
    ...styles.map((href) => `<link rel="stylesheet" href="${href}">`),
    `<script type="module" src="${script}"></script>`,
    // See browser/style-math.ts.
    ...(mathStyle === '' ? [] : [`<meta name="deckhand-math-style" content="${mathStyle}">`]),
    ...preload.map((href) => `<link rel="modulepreload" href="${href}">`),
  ];
}

export interface PageParts {
  deck: Pick<Deck, 'lang' | 'authors'>;
  data: PageData | PrintData;
  title: string;
  body: string;
  className: string;
  /** What the page loads, as HTML, after what every page says of itself. */
  head: readonly string[];
  /** Must come first: what follows is held to it. */
  policy?: string;
}

/** What screen readers take for a deck that doesn't say: the language of our own buttons. */
const UNSAID_LANGUAGE = 'en';

/** Any page of a deck. */
export function toPage({ deck, data, title, body, className, head, policy }: PageParts): string {
  const author = deck.authors.join(', ');
  const lines = [
    '<meta charset="utf-8">',
    ...(policy === undefined
      ? []
      : [`<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">`]),
    `<title>${escapeHtml(title || 'Deckhand')}</title>`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="generator" content="deckhand">',
    ...(author === '' ? [] : [`<meta name="author" content="${escapeHtml(author)}">`]),
    ...head,
  ];
  return `<!doctype html>
<html lang="${escapeHtml(deck.lang || UNSAID_LANGUAGE)}" class="${className}">
<head>
${lines.join('\n')}
</head>
<body>
${body}
<script type="application/json" id="page-data">${toInertJson(data)}</script>
</body>
</html>
`;
}

/** JSON that can't end the script element that it stands in. */
function toInertJson(data: PageData | PrintData): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}
