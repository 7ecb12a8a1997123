import type { Deck } from './deck.ts';
import { parseTag } from './html/html-tag.ts';

/** Attributes that are for the speaker: notes that reveal.js reads from a slide, planned times. */
const PRIVATE_ATTRIBUTES = new Set(['data-notes', 'data-timing', 'data-time', 'time']);

/** A deck's HTML as the audience may have it: no notes, no planned times, no comments of its author. */
export function withoutNotes(html: string): string {
  let shown = '';
  let at = 0;
  for (;;) {
    const tagAt = html.indexOf('<', at);
    if (tagAt === -1) return shown + html.slice(at);
    shown += html.slice(at, tagAt);
    const { text, end } = readTag(html, tagAt);
    shown += text;
    at = end;
  }
}

/** A deck as the audience may have it. */
export function toAudienceDeck(deck: Deck): Deck {
  const { durationMs: _duration, ...shown } = deck;
  const slides = deck.slides.map(({ plannedMs: _planned, ...slide }) => slide);
  return { ...shown, slides, stacks: deck.stacks.map(withoutNotes) };
}

/** What is shown of the tag at `at`, and where to go on reading. */
function readTag(html: string, at: number): { text: string; end: number } {
  const tag = parseTag(html, at);
  if (tag === undefined) {
    // What the parser takes for text a browser may still take for a tag.
    return isOddAside(html, at) ? { text: '', end: endOfAside(html, at + 1) } : { text: '<', end: at + 1 };
  }
  const end = at + tag.raw.length;
  if (tag.kind === 'comment') return { text: '', end };
  if (tag.kind !== 'open') return { text: tag.raw, end };
  const classes = tag.attributes.find(([name]) => name === 'class')?.[1] ?? '';
  if (tag.name === 'aside' && classes.split(/\s+/).includes('notes'))
    return { text: '', end: endOfAside(html, end) };
  if (!tag.attributes.some(([name]) => PRIVATE_ATTRIBUTES.has(name))) return { text: tag.raw, end };
  const kept = tag.attributes.filter(([name]) => !PRIVATE_ATTRIBUTES.has(name)).map(toAttribute);
  return { text: `<${tag.name}${kept.join('')}${tag.selfClosing ? '/' : ''}>`, end };
}

function isOddAside(html: string, at: number): boolean {
  return /^<aside[\s/][^>]*notes/i.test(html.slice(at, at + 2000));
}

/** Values stand as they were written: only the quotes have to fit. */
function toAttribute([name, value]: [string, string]): string {
  const quote = value.includes('"') ? "'" : '"';
  return ` ${name}=${quote}${value}${quote}`;
}

/** Behind the aside that was opened before `from`; one that is never closed ends with its slide. */
function endOfAside(html: string, from: number): number {
  const ends = /<(\/?)aside\b[^>]*>|<\/section\s*>/gi;
  ends.lastIndex = from;
  let depth = 1;
  for (let found = ends.exec(html); found !== null; found = ends.exec(html)) {
    const isSlideEnd = found[1] === undefined;
    if (isSlideEnd) return found.index;
    depth += found[1] === '/' ? -1 : 1;
    if (depth === 0) return ends.lastIndex;
  }
  return html.length;
}
