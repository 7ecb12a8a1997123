/** A character that no font will ever have. */
const NOBODYS = '\u{10FFFD}';
/** Nothing is drawn for these, with any font. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Z}\p{Variation_Selector}\p{Emoji_Modifier}]/u;
const SIZE = 24;

/**
 * Characters of a slide that no font of this machine has: what is drawn for them is the box that is drawn for a character that
 * nobody has.
 */
export function createGlyphCheck(): (section: HTMLElement) => string[] {
  const context = new OffscreenCanvas(SIZE * 2, SIZE * 2).getContext('2d', { willReadFrequently: true });
  const known = new Map<string, boolean>();
  const draw = (text: string, family: string): string => {
    if (context === null) return '';
    context.clearRect(0, 0, SIZE * 2, SIZE * 2);
    context.font = `${SIZE}px ${family}`;
    context.textBaseline = 'middle';
    context.fillText(text, SIZE / 2, SIZE);
    return context.getImageData(0, 0, SIZE * 2, SIZE * 2).data.join();
  };
  const isMissing = (character: string, family: string): boolean => {
    const key = `${family}\n${character}`;
    const answer = known.get(key) ?? draw(character, family) === draw(NOBODYS, family);
    known.set(key, answer);
    return answer;
  };
  return (section) => {
    const missing = new Set<string>();
    const texts = document.createTreeWalker(section, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      const strange = [...new Set(node.nodeValue ?? '')].filter((one) => one > '~' && !UNSEEN.test(one));
      const parent = node.parentElement;
      // Math is written twice; what is for machines is not drawn.
      if (strange.length === 0 || parent === null || parent.closest('script, style, .katex-mathml') !== null)
        continue;
      const family = getComputedStyle(parent).fontFamily;
      for (const one of strange) if (isMissing(one, family)) missing.add(one);
    }
    return [...missing];
  };
}
