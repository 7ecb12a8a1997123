import type { Deck } from '../deck/deck.ts';
import { toDataUrl } from './data-url.ts';
import { replaceFiles } from './file-references.ts';
import { firstFrameOnly, isAnimatedGif } from './first-frame.ts';
import { partOf, type Publication } from './publication.ts';

export interface InlinedDeck {
  deck: Deck;
  /** Files that stand more than once in the deck: slides say `deckhand-file:0`, and the page's script fills it in. */
  repeated: string[];
  animatedBytes: number;
  leftOut: string[];
}

/** The deck with its files inside it. */
export function withFilesInside({ deck, files }: Publication, animations: boolean): InlinedDeck {
  const uses = countUses(deck);
  const urls = new Map<string, string>();
  const repeated: string[] = [];
  let animatedBytes = 0;
  for (const [reference, { path, bytes }] of files) {
    const isAnimated = isAnimatedGif(bytes);
    const url = toDataUrl(path, isAnimated && !animations ? firstFrameOnly(bytes) : bytes);
    if (isAnimated && uses.has(reference)) animatedBytes += url.length;
    urls.set(reference, url + partOf(reference));
  }
  const place = (reference: string, attribute: string) => {
    const url = urls.get(reference);
    if (url === undefined || attribute === 'href') return undefined;
    // Only what waits for its slide can be filled in before a browser looks at it.
    if ((uses.get(reference) ?? 0) < 2 || !attribute.startsWith('data-')) return url;
    if (!repeated.includes(url)) repeated.push(url);
    return `deckhand-file:${repeated.indexOf(url)}`;
  };
  const stacks = deck.stacks.map((stack) => replaceFiles(stack, place));
  const leftOut = [...files.keys()].filter((reference) => !uses.has(reference));
  return { deck: { ...deck, stacks }, repeated, animatedBytes, leftOut };
}

/** How often each file is shown. */
function countUses({ stacks }: Deck): Map<string, number> {
  const uses = new Map<string, number>();
  replaceFiles(stacks.join('\n'), (reference, attribute) => {
    if (attribute !== 'href') uses.set(reference, (uses.get(reference) ?? 0) + 1);
    return undefined;
  });
  return uses;
}
