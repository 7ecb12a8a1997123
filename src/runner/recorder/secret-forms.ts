/** Fewer characters of base64 stand in other words as well. */
const SHORTEST_BASE64 = 6;

/**
 * A secret as programs print it: as it is, quoted in JSON or Python, in an address or a form, in HTML, in base64 (alone, or in the
 * middle of something, as in an Authorization header). Each form is one line: of a secret of many lines, every line is one.
 */
export function toForms(secret: string): string[] {
  const lines = secret.split(/[\r\n]+/u).filter((line) => line.trim().length >= 4);
  const escaped = encodeURIComponent(secret);
  const forms = [
    ...lines.map((line) => line.trim()),
    ...lines.flatMap((line) => toQuoted(line.trim())),
    ...toQuoted(secret),
    escaped,
    escaped.replaceAll(/%[0-9A-F]{2}/gu, (code) => code.toLowerCase()),
    new URLSearchParams({ a: secret }).toString().slice(2),
    ...toHtml(secret),
    ...toBase64(secret),
    ...toBase64(secret).map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
  ];
  return [...new Set(forms)].filter((form) => !/[\r\n]/u.test(form));
}

/** In quotes: by JavaScript, by Python (`json.dumps`, `repr` of text and of bytes), by Go, PHP and Django, which escape more. */
function toQuoted(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const python = text.replaceAll('\\', String.raw`\\`);
  const escapes = [
    [json, /[\u0080-\uFFFF]/gu],
    [json, /[<>&\u0080-\uFFFF]/gu],
    [json.replaceAll('/', String.raw`\/`), /[\u0080-\uFFFF]/gu],
    [text, /[^A-Za-z0-9]/gu],
    [text, /[^A-Za-z0-9 ]/gu],
  ] as const;
  const unicode = escapes.flatMap(([quoted, escaped]) =>
    [false, true].map((isUpper) => quoted.replaceAll(escaped, (one) => toUnicodeEscapes(one, isUpper))),
  );
  const bytes = [...Buffer.from(python)].map((byte) =>
    byte < 0x80 ? String.fromCodePoint(byte) : String.raw`\x` + byte.toString(16),
  );
  const all = [json, ...unicode, python, bytes.join('')];
  return [...all, ...all.map((one) => one.replaceAll("'", String.raw`\'`))];
}

/** A character beyond the first 65,536 is two of them. */
function toUnicodeEscapes(character: string, isUpper: boolean): string {
  const units = Array.from({ length: character.length }, (_, i) => {
    const digits = character.charCodeAt(i).toString(16).padStart(4, '0');
    return String.raw`\u` + (isUpper ? digits.toUpperCase() : digits);
  });
  return units.join('');
}

function toHtml(secret: string): string[] {
  const plain = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const quoted = plain.replaceAll('"', '&quot;');
  const apostrophes = ['&#x27;', '&#39;', '&#039;', '&apos;'].map((one) => quoted.replaceAll("'", one));
  // Go's html/template, and what escapes all that is no letter or digit.
  const go = plain.replaceAll('"', '&#34;').replaceAll("'", '&#39;').replaceAll('+', '&#43;');
  const numbered = secret.replaceAll(/[^A-Za-z0-9]/gu, (one) => `&#${one.codePointAt(0)};`);
  const hex = secret.replaceAll(/[^A-Za-z0-9]/gu, (one) => `&#x${one.codePointAt(0)?.toString(16)};`);
  return [plain, quoted, ...apostrophes, go, numbered, hex];
}

/** What is the same wherever the secret stands: three bytes are four characters, so there are three ways to cut it. */
function toBase64(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const cuts = [0, 2, 3].map((start, before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    return text.slice(start, Math.floor(((before + bytes.length) * 8) / 6));
  });
  return cuts.filter((cut) => cut.length >= SHORTEST_BASE64);
}
