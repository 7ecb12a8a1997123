import type { Deck } from '../deck/deck.ts';
import type { PageData } from '../stage/page-data.ts';
import { escapeHtml } from './escape-html.ts';

/** Addresses of one entry's bundled files, as the build's manifest names them. */
export interface EntryAssets {
  script: string;
  styles: string[];
  /** Scripts that the entry imports: fetched at once, not one after the other. */
  preload: string[];
  /** KaTeX's style sheet, for decks with math. */
  mathStyle: string;
}

/** The deck's page: its slides are in the HTML, so that the first one paints before any script has run. */
export function toDeckPage(deck: Deck, assets: EntryAssets, data: PageData): string {
  const styles = deck.hasMath ? [...assets.styles, assets.mathStyle] : assets.styles;
  const body = `<div class="reveal"><div class="slides">\n${deck.stacks.join('\n')}\n</div></div>`;
  return toPage({
    deck,
    assets: { ...assets, styles },
    data,
    title: deck.title,
    body,
    className: 'deck-page',
  });
}

/** The speaker view; its slides stand in a template, for their notes and titles. */
export function toSpeakerPage(deck: Deck, assets: EntryAssets, data: PageData): string {
  const body = `<template id="deck">\n${deck.stacks.join('\n')}\n</template><main id="speaker"></main>`;
  return toPage({ deck, assets, data, title: `Speaker: ${deck.title}`, body, className: 'speaker-page' });
}

interface PageParts {
  deck: Deck;
  assets: EntryAssets;
  data: PageData;
  title: string;
  body: string;
  className: string;
}

function toPage({ deck, assets, data, title, body, className }: PageParts): string {
  const author = deck.authors.join(', ');
  return `<!doctype html>
<html lang="${escapeHtml(deck.lang)}" class="${className}">
<head>
<meta charset="utf-8">
<title>${escapeHtml(title || 'Deckhand')}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="deckhand">
${author === '' ? '' : `<meta name="author" content="${escapeHtml(author)}">`}
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="manifest" href="/manifest.webmanifest">
${assets.styles.map((href) => `<link rel="stylesheet" href="${href}">`).join('\n')}
<script type="module" src="${assets.script}"></script>
${assets.preload.map((href) => `<link rel="modulepreload" href="${href}">`).join('\n')}
</head>
<body>
${body}
<script type="application/json" id="page-data">${toInertJson(data)}</script>
</body>
</html>
`;
}

/** JSON that can't end the script element that it stands in. */
function toInertJson(data: PageData): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}
