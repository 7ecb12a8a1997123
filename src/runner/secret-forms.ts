/** Fewer characters of base64 stand in other words as well. */
const SHORTEST_BASE64 = 6;

/**
 * A secret as programs print it: as it is, quoted in JSON, in an address or a form, in HTML, in base64 (alone, or in the
 * middle of something, as in an Authorization header). Each form is one line: of a secret of many lines, every line is one.
 */
export function toForms(secret: string): string[] {
  const lines = secret.split(/[\r\n]+/u).filter((line) => line.trim().length >= 4);
  const escaped = encodeURIComponent(secret);
  const forms = [
    ...lines.map((line) => line.trim()),
    ...lines.map((line) => JSON.stringify(line.trim()).slice(1, -1)),
    JSON.stringify(secret).slice(1, -1),
    escaped,
    escaped.replaceAll(/%[0-9A-F]{2}/gu, (code) => code.toLowerCase()),
    new URLSearchParams({ a: secret }).toString().slice(2),
    ...toHtml(secret),
    ...toBase64(secret),
    ...toBase64(secret).map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
  ];
  return [...new Set(forms)].filter((form) => !/[\r\n]/u.test(form));
}

function toHtml(secret: string): string[] {
  const plain = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const quoted = plain.replaceAll('"', '&quot;');
  return [plain, quoted, quoted.replaceAll("'", '&#x27;'), quoted.replaceAll("'", '&#39;')];
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
