import type { Deck, Look } from '../deck/deck.ts';
import { THEMES } from '../deck/themes.ts';
import type { PageData, PrintData } from '../stage/page-data.ts';
import type { BootOrder } from '../stage/boot-order.ts';
import { themeOf, type EntryAssets } from './assets.ts';
import { escapeHtml } from './escape-html.ts';
import { namePictures } from './name-pictures.ts';

/** What a page needs of a deck; the audience gets one without what is the speaker's. */
export type PageDeck = Pick<Deck, 'title' | 'lang' | 'authors' | 'stacks' | 'hasMath' | 'look'>;

/** The deck's page: its slides are in the HTML, with nothing to be fetched before they can be shown. */
export function toDeckPage(deck: PageDeck, assets: EntryAssets, data: PageData): string {
  return toPage({ ...deckParts(deck), data, ...servedParts(withLook(deck, assets)) });
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
  const { head } = servedParts(withLook(deck, assets));
  const body = `${deck.look.styles}<div class="reveal"${fitOf(deck)}><div class="slides"></div></div>${toTemplate(deck.stacks.map(namePictures))}`;
  // Its program comes as a module does: what is lost is the printer's to ask for again.
  const module = `<script type="module" src="${assets.script}"></script>`;
  return toPage({
    deck,
    look: deck.look,
    title: deck.title,
    body,
    className: classOf(deck, 'deck-page print-page'),
    data,
    boot: toBootScript(assets.boot, {}),
    head: [...head, module],
  });
}

/** The speaker view; its slides stand in a template, for their notes and titles. */
export function toSpeakerPage(deck: Deck, assets: EntryAssets, data: PageData): string {
  return toPage({ ...speakerParts(deck), data, ...servedParts(assets) });
}

export function deckParts(deck: PageDeck): PageContent {
  const slides = deck.stacks.map(namePictures).map(withoutMeta).join('\n');
  const options = escapeHtml(JSON.stringify(deck.look.reveal));
  const body = `${deck.look.styles}<div class="reveal"${fitOf(deck)} data-options="${options}"><div class="slides">\n${slides}\n</div></div>`;
  return { deck, look: deck.look, title: deck.title, body, className: classOf(deck, 'deck-page') };
}

export function speakerParts(deck: Deck): PageContent {
  const body = `<main id="speaker"></main>${toTemplate(deck.stacks)}`;
  return { deck, title: `Speaker: ${deck.title}`, body, className: `speaker-page${groundOf(deck.look)}` };
}

/** The class of a page beside a deck that isn't dark. */
function groundOf({ theme }: Look): string {
  if (theme === 'auto') return ' is-auto';
  return THEMES[theme]?.ground === 'light' ? ' is-light' : '';
}

/** What an entry loads, and in which themes. */
interface LookAssets extends EntryAssets {
  theme?: string | undefined;
  /** '' is our own, which needs no style sheet more. */
  projectorTheme?: string;
}

function withLook(deck: PageDeck, assets: EntryAssets): LookAssets {
  const [theme] = themeOf(deck.look, assets);
  const projectorTheme = assets.themes[deck.look.projectorTheme] ?? '';
  const math = deck.hasMath ? { styles: [...assets.styles, assets.mathStyle], mathStyle: '' } : {};
  return { ...assets, ...math, theme, projectorTheme };
}

function fitOf({ look }: PageDeck): string {
  return look.fit === '' ? '' : ` data-fit="${look.fit}"`;
}

function classOf({ look }: PageDeck, page: string): string {
  const kind = page + groundOf(look);
  if (look.isCentred === false) return `${kind} starts-at-top`;
  // reveal.js's themes centre, as everybody knows them.
  const isOurs = THEMES[look.theme]?.from !== 'reveal.js';
  return look.isCentred === undefined && isOurs ? `${kind} has-title-line` : kind;
}

export function servedParts(assets: LookAssets): PageStart {
  const { styles, script, preload, boot, mathStyle, theme, projectorTheme } = assets;
  const head = [
    '<link rel="icon" href="/favicon.svg" type="image/svg+xml">',
    // Asked for without the cookie that lets in, unless it says so.
    '<link rel="manifest" href="/manifest.webmanifest" crossorigin="use-credentials">',
    ...styles.map((href) => `<link rel="stylesheet" href="${href}">`),
    ...(theme === undefined ? [] : [`<link rel="stylesheet" href="${theme}" data-theme>`]),
    // See browser/deck/projector-theme.ts.
    ...(projectorTheme === undefined
      ? []
      : [`<meta name="deckhand-projector-theme" content="${projectorTheme}">`]),
    // See browser/deck/style-math.ts.
    ...(mathStyle === '' ? [] : [`<meta name="deckhand-math-style" content="${mathStyle}">`]),
    ...[script, ...preload].map((href) => `<link rel="modulepreload" href="${href}">`),
  ];
  return { boot: toBootScript(boot, { module: script }), head };
}

/** Slides where nothing of them is shown or loaded. What stands behind them can't be swallowed by a tag that they leave open. */
export function toTemplate(stacks: readonly string[]): string {
  return `<template id="deck">\n${stacks.map(withoutMeta).join('\n')}\n</template>`;
}

/** A browser heeds `<meta>` wherever it stands, and goes where it leads: of two attributes of one name the first counts. */
function withoutMeta(stack: string): string {
  return stack.replace(/<meta(?=[\s/>])/gi, '<meta http-equiv="" name=""');
}

/** The script that loads the rest, told what to load. */
export function toBootScript(boot: string, order: BootOrder): string {
  return `<script data-boot="${escapeHtml(JSON.stringify(order))}">${boot}</script>`;
}

/** What makes a page run, as HTML. */
export interface PageStart {
  /** The script that loads the rest. */
  boot: string;
  /** What the page loads, after what every page says of itself. */
  head: readonly string[];
}

/** What a page shows. */
export interface PageContent {
  deck: Pick<Deck, 'lang' | 'authors'>;
  /** Of pages that show the deck itself. */
  look?: Look;
  title: string;
  body: string;
  className: string;
}

export interface PageParts extends PageContent, PageStart {
  data: PageData | PrintData;
  /** Must come first: what follows is held to it. */
  policy?: string;
  /** All is in this one file: files and program, behind the slides, which are painted before a browser has read them. */
  whole?: { files: string; program: string };
}

/** What screen readers take for a deck that doesn't say: the language of our own buttons. */
const UNSAID_LANGUAGE = 'en';

/** Any page of a deck. */
export function toPage(parts: PageParts): string {
  const { deck, look, data, title, body, className, boot, head, policy, whole } = parts;
  // Before the deck's own HTML, which could take the place of both. They are found as neighbours.
  const start = [`<script type="application/json" id="page-data">${toInertJson(data)}</script>`, boot];
  const direction = look === undefined || look.dir === '' ? '' : ` dir="${look.dir}"`;
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
    ...(whole === undefined ? start : []),
    ...head,
  ];
  const last = whole === undefined ? [] : [whole.files, ...start, whole.program];
  return `<!doctype html>
<html lang="${escapeHtml(deck.lang || UNSAID_LANGUAGE)}"${direction} class="${className}">
<head>
${lines.join('\n')}
</head>
<body>
${body}
${last.join('')}
</body>
</html>
`;
}

/** JSON that can't end the script element that it stands in. */
function toInertJson(data: PageData | PrintData): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}
