import { createHash } from 'node:crypto';
import type { Deck } from '../deck/deck.ts';
import { escapeHtml } from './escape-html.ts';

export interface PolicyParts {
  /** Scripts that stand in the page, as text. */
  inline: readonly string[];
  /** Servers that the deck itself takes pictures, videos and frames from. */
  remotes: readonly string[];
  /** All is in this one file. */
  isWhole: boolean;
}

/**
 * What a published page may do: run the scripts that were written for it, and ask nobody but its own host.
 * Source: Content Security Policy Level 3.
 */
export function toPolicy({ inline, remotes, isWhole }: PolicyParts): string {
  const own = isWhole ? '' : " 'self'";
  const hashes = inline.map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);
  const others = remotes.map((origin) => ` ${origin}`).join('');
  return [
    "default-src 'none'",
    `script-src${own} ${hashes.join(' ')}`,
    // Slides have styles of their own: columns, colours of code, math.
    // One file has the deck's own style sheets inside as well.
    `style-src${isWhole ? ' data:' : own} 'unsafe-inline'`,
    `img-src${own} data: blob:${others}`,
    `media-src${own} data: blob:${others}`,
    `font-src${own} data:`,
    `frame-src 'self' data:${others}`,
    // A recording inside the file is fetched from there.
    `connect-src ${isWhole ? 'data:' : "'none'"}`,
    ...(isWhole ? [] : ["worker-src 'self'", "manifest-src 'self'"]),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

const LONGEST_DESCRIPTION = 200;

/** What those who link to the deck show of it: https://ogp.me */
export function toLinkPreview(deck: Deck, address: string | undefined, hasPicture: boolean): string[] {
  const description = describe(deck);
  const properties: [string, string][] = [
    ['og:type', 'website'],
    ['og:title', deck.title || 'Slides'],
    ['og:description', description],
  ];
  if (address !== undefined) properties.push(['og:url', address]);
  if (hasPicture) {
    // An absolute address is what most readers want; without `site:` there is none.
    properties.push([
      'og:image',
      new URL('preview.png', address ?? 'relative:/').href.replace('relative:/', ''),
    ]);
    properties.push(['og:image:width', '1200'], ['og:image:height', '630']);
    properties.push(['og:image:alt', `The first slide of ${deck.title || 'the deck'}`]);
  }
  return [
    `<meta name="description" content="${escapeHtml(description)}">`,
    ...properties.map(([name, value]) => `<meta property="${name}" content="${escapeHtml(value)}">`),
    `<meta name="twitter:card" content="${hasPicture ? 'summary_large_image' : 'summary'}">`,
  ];
}

/** The author's own words, or what the talk is about by its slides. */
function describe({ meta, subtitle, slides }: Deck): string {
  const given = meta['description'];
  if (typeof given === 'string' && given.trim() !== '') return given.trim();
  if (subtitle !== '') return subtitle;
  const titles = slides
    .filter(({ title, id }) => title !== '' && id !== 'title-slide')
    .map(({ title }) => title);
  const text = [...new Set(titles)].join(' · ');
  return text.length <= LONGEST_DESCRIPTION ? text : `${text.slice(0, LONGEST_DESCRIPTION - 1).trimEnd()}…`;
}
