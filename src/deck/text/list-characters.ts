const MOST = 12;

/** `日 (U+65E5), 本 (U+672C)`: whoever sees a box instead can look the number up. */
export function listCharacters(characters: readonly string[]): string {
  const named = characters.slice(0, MOST).map((one) => {
    const code = (one.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return `${one} (U+${code})`;
  });
  const more = characters.length - named.length;
  return more > 0 ? `${named.join(', ')} and ${more} more` : named.join(', ');
}
