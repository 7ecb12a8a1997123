/**
 * Splits a command as a shell does, quotes and backslashes honoured, nothing expanded; undefined when a quote stays open.
 * Compose does so with a `command` that is one string. Source: compose-spec, `command`.
 */
export function splitShellWords(text: string): string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i] ?? '';
    if (quote === '' && /\s/u.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (quote === '' && (character === '"' || character === "'")) {
      quote = character;
      word ??= '';
    } else if (character === quote) {
      quote = '';
    } else if (character === '\\' && isEscape(quote, text[i + 1])) {
      i += 1;
      word = (word ?? '') + (text[i] ?? '');
    } else {
      word = (word ?? '') + character;
    }
  }
  if (quote !== '') return undefined;
  if (word !== undefined) words.push(word);
  return words;
}

/** In double quotes a backslash only escapes what would end or open something; in single quotes nothing. */
function isEscape(quote: string, next: string | undefined): boolean {
  if (quote === "'") return false;
  return quote === '' ? next !== undefined : next === '"' || next === '\\' || next === '$' || next === '`';
}
