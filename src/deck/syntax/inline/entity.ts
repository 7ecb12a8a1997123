import type { Inline } from '../../ast.ts';
import { defineInline } from '../../construct.ts';

/**
 * Character references: `&copy;`, `&#8212;`, `&#x2014;`. The names that decks use are looked up here, because text is
 * needed for ids and alternative text; any other name is left to the browser, which knows all 2,231.
 */
const NAMED: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  iexcl: '¡',
  cent: '¢',
  pound: '£',
  yen: '¥',
  sect: '§',
  uml: '¨',
  copy: '©',
  laquo: '«',
  not: '¬',
  shy: '\u00ad',
  reg: '®',
  deg: '°',
  plusmn: '±',
  sup2: '²',
  sup3: '³',
  acute: '´',
  micro: 'µ',
  para: '¶',
  middot: '·',
  sup1: '¹',
  raquo: '»',
  frac14: '¼',
  frac12: '½',
  frac34: '¾',
  iquest: '¿',
  Agrave: 'À',
  Aacute: 'Á',
  Acirc: 'Â',
  Auml: 'Ä',
  Aring: 'Å',
  AElig: 'Æ',
  Ccedil: 'Ç',
  Egrave: 'È',
  Eacute: 'É',
  Ntilde: 'Ñ',
  Oacute: 'Ó',
  Ouml: 'Ö',
  times: '×',
  Oslash: 'Ø',
  Uuml: 'Ü',
  szlig: 'ß',
  agrave: 'à',
  aacute: 'á',
  acirc: 'â',
  atilde: 'ã',
  auml: 'ä',
  aring: 'å',
  aelig: 'æ',
  ccedil: 'ç',
  egrave: 'è',
  eacute: 'é',
  ecirc: 'ê',
  euml: 'ë',
  igrave: 'ì',
  iacute: 'í',
  icirc: 'î',
  iuml: 'ï',
  ntilde: 'ñ',
  ograve: 'ò',
  oacute: 'ó',
  ocirc: 'ô',
  otilde: 'õ',
  ouml: 'ö',
  divide: '÷',
  oslash: 'ø',
  ugrave: 'ù',
  uacute: 'ú',
  ucirc: 'û',
  uuml: 'ü',
  alpha: 'α',
  beta: 'β',
  gamma: 'γ',
  delta: 'δ',
  epsilon: 'ε',
  theta: 'θ',
  lambda: 'λ',
  mu: 'μ',
  pi: 'π',
  rho: 'ρ',
  sigma: 'σ',
  tau: 'τ',
  phi: 'φ',
  omega: 'ω',
  Delta: 'Δ',
  Sigma: 'Σ',
  Omega: 'Ω',
  ensp: '\u2002',
  emsp: '\u2003',
  thinsp: '\u2009',
  zwnj: '\u200c',
  zwj: '\u200d',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  sbquo: '‚',
  ldquo: '“',
  rdquo: '”',
  bdquo: '„',
  dagger: '†',
  bull: '•',
  hellip: '…',
  permil: '‰',
  prime: '′',
  lsaquo: '‹',
  rsaquo: '›',
  euro: '€',
  trade: '™',
  larr: '←',
  uarr: '↑',
  rarr: '→',
  darr: '↓',
  harr: '↔',
  lArr: '⇐',
  rArr: '⇒',
  hArr: '⇔',
  forall: '∀',
  part: '∂',
  exist: '∃',
  empty: '∅',
  isin: '∈',
  sum: '∑',
  minus: '−',
  radic: '√',
  infin: '∞',
  cap: '∩',
  cup: '∪',
  int: '∫',
  asymp: '≈',
  ne: '≠',
  equiv: '≡',
  le: '≤',
  ge: '≥',
  sub: '⊂',
  sup: '⊃',
  check: '✓',
  cross: '✗',
  star: '☆',
  lbrace: '{',
  rbrace: '}',
  lbrack: '[',
  rbrack: ']',
  ast: '*',
  num: '#',
  vert: '|',
  lowbar: '_',
  grave: '`',
  dollar: '$',
  colon: ':',
  excl: '!',
  hearts: '♥',
  lpar: '(',
  rpar: ')',
};

const ENTITY = /^&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}));/;
/** Longer than any reference; keeps the match from copying the rest of the deck. */
const LONGEST = 40;

export interface Entity {
  /** Its characters, or the reference itself if only the browser knows it. */
  text: string;
  known: boolean;
  length: number;
}

export function parseEntity(src: string, at = 0): Entity | undefined {
  const match = ENTITY.exec(src.slice(at, at + LONGEST));
  if (match === null) return undefined;
  const [raw, decimal, hexadecimal, name] = match;
  if (name !== undefined) {
    const text = Object.hasOwn(NAMED, name) ? NAMED[name] : undefined;
    return { text: text ?? raw, known: text !== undefined, length: raw.length };
  }
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
  const valid = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return { text: valid ? String.fromCodePoint(code) : '\ufffd', known: true, length: raw.length };
}

export const entity = defineInline('entity', (_cx, src): Inline | undefined => {
  if (src[0] !== '&') return undefined;
  const found = parseEntity(src);
  if (found === undefined) return undefined;
  const raw = src.slice(0, found.length);
  if (!found.known) return { type: 'rawInline', raw, html: raw, line: 0, column: 0 };
  return { type: 'str', raw, text: found.text };
});

/** Text in which every character reference that is known has been replaced. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&[#A-Za-z][A-Za-z0-9]{0,31};/g, (raw) => {
    const found = parseEntity(raw);
    return found?.known === true ? found.text : raw;
  });
}
