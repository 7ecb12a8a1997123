import type { Inline } from '../ast.ts';

/** The words of inlines without their formatting, as for ids and alternative texts. */
export function plainText(tokens: readonly Inline[]): string {
  return tokens.map((token) => textOf(token)).join('');
}

function textOf(token: Inline): string {
  switch (token.type) {
    case 'str':
    case 'codeSpan':
      return token.text;
    case 'space':
    case 'softBreak':
    case 'lineBreak':
      return ' ';
    case 'math':
      return token.tex;
    case 'rawInline':
    case 'note':
      return '';
    case 'noteReference':
      return '';
    case 'exampleReference':
      return plainText(token.fallback);
    case 'quoted': {
      const inner = plainText(token.tokens);
      return token.double ? `\u201c${inner}\u201d` : `\u2018${inner}\u2019`;
    }
    case 'emphasis':
    case 'strong':
    case 'strikeout':
    case 'superscript':
    case 'subscript':
    case 'link':
    case 'image':
    case 'span':
    case 'cite':
    case 'reference':
    case 'group':
      return plainText(token.tokens);
    default:
      return token satisfies never;
  }
}
