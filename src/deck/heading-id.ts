import type { Attr, Inline } from './ast.ts';

/** The id that a heading says, or one made of its words; repeats get `-1`, `-2` (rule 12). Notes it down in `ids`. */
export function headingId(ids: Map<string, number>, attr: Attr, tokens: readonly Inline[]): string {
  if (attr.id !== '') {
    if (!ids.has(attr.id)) ids.set(attr.id, 0);
    return attr.id;
  }
  const base = slug(tokens);
  let id = base;
  if (ids.has(base)) {
    let number = ids.get(base) ?? 0;
    do number++;
    while (ids.has(`${base}-${number}`));
    ids.set(base, number);
    id = `${base}-${number}`;
  }
  ids.set(id, 0);
  return id;
}

function slug(tokens: readonly Inline[]): string {
  const words = slugText(tokens)
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}_\-.\s]/gu, '')
    .split(/\s+/)
    .filter((word) => word !== '')
    .join('-')
    .replace(/^[^\p{L}]+/u, '');
  return words === '' ? 'section' : words;
}

/** Words only: quote marks go with the rest of the punctuation, notes are not part of a heading's name. */
function slugText(tokens: readonly Inline[]): string {
  return tokens
    .map((token) => {
      if (token.type === 'str' || token.type === 'codeSpan') return token.text;
      if (token.type === 'math') return token.tex;
      if (token.type === 'space' || token.type === 'softBreak' || token.type === 'lineBreak') return ' ';
      // Where a reference leads is not known yet: pandoc takes it as it was written.
      if (token.type === 'rawInline') return token.html.startsWith('<br') ? ' ' : '';
      if (token.type === 'noteReference') return token.label;
      if (token.type === 'reference') return slugText(token.fallback);
      if (token.type === 'exampleReference') return slugText(token.fallback);
      if ('tokens' in token && token.type !== 'note') return slugText(token.tokens);
      return '';
    })
    .join('');
}
