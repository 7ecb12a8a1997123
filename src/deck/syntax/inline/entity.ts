import { decodeNamedCharacterReference } from 'decode-named-character-reference';

import type { Inline } from '../../ast.ts';
import { defineInline } from '../../construct.ts';

const ENTITY = /^&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}));/;
/** Longer than any reference; keeps the match from copying the rest of the deck. */
const LONGEST = 40;

export interface Entity {
  text: string;
  /** Of the reference, `&` and `;` included. */
  length: number;
}

/** The character reference at `at`; nothing where HTML knows none of that name: its characters are text. */
export function parseEntity(src: string, at = 0): Entity | undefined {
  const match = ENTITY.exec(src.slice(at, at + LONGEST));
  if (match === null) return undefined;
  const [raw, decimal, hexadecimal, name] = match;
  const { length } = raw;
  if (name !== undefined) {
    const text = decodeNamedCharacterReference(name);
    return text === false ? undefined : { text, length };
  }
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
  const valid = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return { text: valid ? String.fromCodePoint(code) : '\ufffd', length };
}

/** `&copy;`, `&#8212;`, `&#x2014;`. */
export const entity = defineInline('entity', (_cx, src): Inline | undefined => {
  if (src[0] !== '&') return undefined;
  const found = parseEntity(src);
  return found && { type: 'str', raw: src.slice(0, found.length), text: found.text };
});

/** Text in which every character reference that is known has been replaced. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&[#A-Za-z][A-Za-z0-9]{0,31};/g, (raw) => parseEntity(raw)?.text ?? raw);
}
